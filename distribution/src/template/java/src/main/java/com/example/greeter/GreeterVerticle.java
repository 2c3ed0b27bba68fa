package com.example.greeter;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;

/** Serves the handler as conf/@artifact@.json describes it. */
public final class GreeterVerticle extends ServiceVerticle {

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Greeter());
    }
}
