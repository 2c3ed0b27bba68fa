package com.example.greeter

import dev.vertxmicro.error.MicroException

/** Greets whoever calls. */
class Greeter : GreeterCoroutineHandler {
    override suspend fun hello(request: HelloRequest): HelloResponse {
        if (request.name.isBlank()) {
            throw MicroException.badRequest("@name@", "name: empty (expected: whom to greet)")
        }
        return HelloResponse.newBuilder().setGreeting("Hello ${request.name}").build()
    }
}
