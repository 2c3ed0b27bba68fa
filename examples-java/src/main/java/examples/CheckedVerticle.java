package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.validation.BrokenRule;
import dev.vertxmicro.wrapper.validation.ProtoRules;
import dev.vertxmicro.wrapper.validation.ValidationOptions;
import dev.vertxmicro.wrapper.validation.ValidationWrapper;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloRequest;
import java.util.List;

/** Serves the greeter to those who have a name: {@code bin/vertx run examples.CheckedVerticle -conf conf/greeter.json}. */
public final class CheckedVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public CheckedVerticle() {}

    @Override
    protected Wrappers wrappers() {
        return new Wrappers(List.of(ValidationWrapper.create(
                ValidationOptions.DEFAULTS, "greeter", List.of(ProtoRules.create(vertx), CheckedVerticle::named))));
    }

    /** A name of spaces is none. */
    private static List<BrokenRule> named(Object message) {
        return message instanceof HelloRequest hello && hello.getName().isBlank()
                ? List.of(new BrokenRule("name", "not_blank", "must not be blank"))
                : List.of();
    }

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Greeter());
    }
}
