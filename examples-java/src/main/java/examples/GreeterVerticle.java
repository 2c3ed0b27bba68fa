package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import examples.greeter.GreeterHandler;

/** Serves the greeter: {@code bin/vertx run examples.GreeterVerticle -conf conf/greeter.json}. */
public final class GreeterVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public GreeterVerticle() {}

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Greeter());
    }
}
