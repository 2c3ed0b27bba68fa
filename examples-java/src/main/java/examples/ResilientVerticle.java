package examples;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.resilience.BreakerOptions;
import dev.vertxmicro.wrapper.resilience.BreakerWrapper;
import dev.vertxmicro.wrapper.resilience.BulkheadOptions;
import dev.vertxmicro.wrapper.resilience.BulkheadWrapper;
import dev.vertxmicro.wrapper.resilience.RateLimitOptions;
import dev.vertxmicro.wrapper.resilience.RateLimitWrapper;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import java.util.List;

/** Serves the greeter within limits that are set in code: {@code bin/vertx run examples.ResilientVerticle -conf conf/greeter.json}. */
public final class ResilientVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public ResilientVerticle() {}

    @Override
    protected Wrappers wrappers() {
        Timers timers = VertxTimers.of(vertx);
        RateLimitOptions limit = RateLimitOptions.DEFAULTS.withCalls(50).withBurst(100);
        BulkheadOptions places = BulkheadOptions.DEFAULTS.withMaxConcurrent(20);
        return new Wrappers(List.of(
                RateLimitWrapper.create(limit, "greeter", timers),
                BulkheadWrapper.create(places, "greeter", timers),
                BreakerWrapper.create(BreakerOptions.DEFAULTS, "greeter", timers)
                        .withFallback(ResilientVerticle::instead)));
    }

    /** What can be said without the service that was called. */
    private static Future<?> instead(Request<?, ?> request, MicroException failure) {
        return request.endpoint().responseType() == HelloResponse.class
                ? Future.succeededFuture(HelloResponse.newBuilder()
                        .setGreeting("Hello, whoever you are")
                        .build())
                : Future.failedFuture(failure);
    }

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Greeter());
    }
}
