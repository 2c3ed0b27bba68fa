package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.metrics.MetricsWrapper;
import examples.greeter.GreeterHandler;
import io.micrometer.core.instrument.Counter;

/**
 * Serves the greeter and counts those who do not say who they are, beside what is measured anyway: {@code bin/vertx run
 * examples.MeteredVerticle -conf conf/metrics.json}, then {@code curl 127.0.0.1:9464/metrics}.
 */
public final class MeteredVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public MeteredVerticle() {}

    @Override
    protected void configure(Service service) {
        Counter strangers = MetricsWrapper.registry(vertx)
                .map(registry -> Counter.builder("greeter.strangers")
                        .description("Greetings of nobody")
                        .register(registry))
                .orElseThrow(() -> new IllegalStateException("wrappers: none of type metrics"));
        Greeter greeter = new Greeter();
        GreeterHandler.register(service.server(), (request, context) -> {
            if (request.getName().isEmpty()) {
                strangers.increment();
            }
            return greeter.hello(request, context);
        });
    }
}
