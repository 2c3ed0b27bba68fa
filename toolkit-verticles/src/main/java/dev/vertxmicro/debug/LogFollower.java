package dev.vertxmicro.debug;

import com.google.protobuf.DynamicMessage;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Sends what is logged from now on, some lines at a time, to one who follows the log: who reads slowly misses lines and costs no memory,
 * and a line that is logged because one was sent cannot run away. Used from one context.
 */
final class LogFollower {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int AT_ONCE = 100;

    private final LogBuffer log;
    private final ServerStream<Buffer, DynamicMessage> stream;
    private final Timers timers;
    private final Promise<Void> over;
    private long next;
    private Timer timer = () -> {};

    LogFollower(LogBuffer log, ServerStream<Buffer, DynamicMessage> stream, Timers timers) {
        this.log = log;
        this.stream = stream;
        this.timers = timers;
        this.over = timers.promise();
        this.next = log.next();
    }

    static DynamicMessage record(LoggedLine line) {
        return DebugSchema.write(
                "Record",
                Map.of("timestamp", line.time().getEpochSecond(), "value", line.text()),
                Map.of("level", line.level(), "logger", line.logger()));
    }

    /** Goes on until the caller has gone, or the server stops. */
    Future<Void> run(CallContext context) {
        Runnable forget = context.cancellation()
                .onCancel(() -> over.tryFail(context.cancellation().cause()));
        context.draining().onComplete(stopping -> over.tryComplete());
        send();
        return over.future().onComplete(ended -> {
            timer.cancel();
            forget.run();
        });
    }

    private void send() {
        next = log.oldest(next);
        List<LoggedLine> lines = log.from(next, AT_ONCE);
        next += lines.size();
        stream.sendAll(lines.stream().map(LogFollower::record).iterator()).onComplete(sent -> {
            if (sent.failed()) {
                over.tryFail(sent.cause());
            } else if (!over.future().isComplete()) {
                timer = timers.schedule(PAUSE, this::send);
            }
        });
    }
}
