package com.example.greeter

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service

/** Serves the handler as conf/@artifact@.json describes it. */
class GreeterVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        GreeterCoroutineHandler.register(service.server(), Greeter())
    }
}
