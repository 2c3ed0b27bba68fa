package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.ByReference;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends frames: messages that nobody replies to, of which it is known at once when they could not be sent. */
final class FrameSender {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LAST_PAUSE = Duration.ofMillis(500);

    private final EventBus bus;
    private final ByReference bodies;
    private final Timers timers;

    FrameSender(Vertx vertx, Timers timers) {
        this.bus = vertx.eventBus();
        this.bodies = ByReference.of(vertx);
        this.timers = timers;
    }

    Future<Void> write(String to, @Nullable Object body, DeliveryOptions options) {
        options.setTracingPolicy(TracingPolicy.IGNORE);
        return bus.sender(to, bodies.options(options, body)).write(body);
    }

    void reset(String to, String stream, MicroException error) {
        tell(to, null, StreamFrames.reset(stream, error));
    }

    /** Sends a frame, several times if need be: who has just joined is not known everywhere. */
    Future<Void> tell(String to, @Nullable Object body, DeliveryOptions options) {
        Promise<Void> told = Promise.promise();
        tell(to, body, options, FIRST_PAUSE, told);
        return told.future();
    }

    private void tell(String to, @Nullable Object body, DeliveryOptions options, Duration pause, Promise<Void> told) {
        write(to, body, options).onComplete(sent -> told.tryComplete(), unsent -> {
            if (pause.compareTo(LAST_PAUSE) > 0) {
                told.tryFail(unsent);
            } else {
                timers.schedule(pause, () -> tell(to, body, options, pause.multipliedBy(4), told));
            }
        });
    }
}
