package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Whether the broker works: its last word counts. Confined to one context. */
final class BrokerHealth {
    private final InstantSource clock;
    private final Consumer<Boolean> listener;
    private boolean up = true;
    private String error = "";
    private Instant since;
    private long published;
    private long failed;

    BrokerHealth(InstantSource clock, Consumer<Boolean> listener) {
        this.clock = clock;
        this.listener = listener;
        this.since = clock.instant();
    }

    /** Takes note of how a publish ends. */
    Future<Void> published(Future<Void> publish) {
        return observed(publish.onSuccess(done -> published++).onFailure(failure -> failed++));
    }

    /** Takes note of how a request to the broker ends; what the broker refuses says that it is there. */
    <T> Future<T> observed(Future<T> request) {
        return request.onComplete(done -> {
            if (done.succeeded()) {
                heard(true, "");
                return;
            }
            MicroException failure = MicroException.from(BrokerHost.ID, done.cause());
            heard(failure.code() == 400, failure.detail());
        });
    }

    private void heard(boolean now, String detail) {
        error = now ? "" : detail;
        if (now != up) {
            up = now;
            since = clock.instant();
            listener.accept(now);
        }
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("status", up ? "UP" : "DOWN")
                .put("since", since.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("published", published)
                .put("failed", failed);
        return up ? json : json.put("error", error);
    }
}
