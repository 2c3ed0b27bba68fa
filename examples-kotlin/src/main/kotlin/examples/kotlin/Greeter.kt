package examples.kotlin

import examples.kotlin.greeter.GreeterCoroutineHandler
import examples.kotlin.greeter.HelloRequest
import examples.kotlin.greeter.HelloResponse

/** Greets whoever calls. */
class Greeter : GreeterCoroutineHandler {
    override suspend fun hello(request: HelloRequest): HelloResponse =
        HelloResponse.newBuilder().setGreeting("Hello ${request.name}").build()
}
