package examples

import pb.HelloRequest
import pb.HelloResponse

/** What the greeter answers. */
fun greet(request: HelloRequest): HelloResponse =
    HelloResponse.newBuilder().setGreeting("Hello ${request.name}").build()
