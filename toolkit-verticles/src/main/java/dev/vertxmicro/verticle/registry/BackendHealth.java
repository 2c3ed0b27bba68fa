package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.registry.RegistrationRules;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Whether the backend answers: the last word of it counts. Registers for others, so that it hears how that went. Confined to
 * one context.
 */
final class BackendHealth implements Registrar {
    private final Registrar backend;
    private final InstantSource clock;
    private final Consumer<Boolean> listener;
    private boolean up = true;
    private String error = "";
    private Instant since;
    private Instant heard = Instant.EPOCH;

    BackendHealth(Registrar backend, InstantSource clock, Consumer<Boolean> listener) {
        this.backend = backend;
        this.clock = clock;
        this.listener = listener;
        this.since = clock.instant();
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return observed(backend.register(RegistrationRules.unsigned(service), ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return observed(backend.deregister(RegistrationRules.unsigned(service)));
    }

    /** Takes note of how a request to the backend ends; what the backend refuses says that it is there. */
    <T> Future<T> observed(Future<T> request) {
        return request.onComplete(done -> {
            if (done.succeeded()) {
                heard(true, "");
                return;
            }
            MicroException failure = MicroException.from(RegistryHost.ID, done.cause());
            heard(failure.code() == 400, failure.detail());
        });
    }

    private void heard(boolean now, String detail) {
        heard = clock.instant();
        error = now ? "" : detail;
        if (now != up) {
            up = now;
            since = heard;
            listener.accept(now);
        }
    }

    /** Tells whether the last word is older than so. */
    boolean olderThan(Duration age) {
        return clock.instant().isAfter(heard.plus(age));
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("status", up ? "UP" : "DOWN")
                .put("since", since.truncatedTo(ChronoUnit.MILLIS).toString());
        return up ? json : json.put("error", error);
    }
}
