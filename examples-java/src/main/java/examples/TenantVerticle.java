package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import examples.greeter.GreeterHandler;
import java.util.List;

/** A greeter with a wrapper of its own: {@code bin/vertx run examples.TenantVerticle -conf conf/greeter.json}. */
public final class TenantVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public TenantVerticle() {}

    @Override
    protected Wrappers wrappers() {
        return new Wrappers(List.of(new TenantWrapper()));
    }

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Greeter());
    }
}
