package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.error.Catching;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an event loop has for one address in one of its turns as one message, a {@link BusBundle}, and a single message as it is.
 * The event bus writes each message to its socket by itself, which is most of what a small one costs. May be used from any thread;
 * messages from threads that are no event loop, and those of a Vert.x that traces messages one by one, go at once.
 */
public final class BusBundler {
    /** Value of the header {@code action} of a bundle. */
    public static final String BUNDLE = "bundle";

    /** What is larger goes without waiting for others. */
    private static final int MOST_BYTES = 64 * 1024;

    private final VertxInternal vertx;
    private final Map<Line, Turn> turns = new ConcurrentHashMap<>();

    /** A turn belongs to its event loop: others never see it. */
    private record Line(EventLoop loop, String address) {}

    /**
     * Makes it.
     *
     * @param vertx whose event bus sends
     */
    public BusBundler(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /**
     * Sends a message.
     *
     * @param address where to; who takes messages there knows bundles
     * @param body    of the message
     * @param headers of the message, not to be changed afterwards
     * @return completes when it has left; fails if it could not
     */
    public Future<Void> send(String address, @Nullable Buffer body, MultiMap headers) {
        ContextInternal context = ContextInternal.current();
        if (context == null || !context.isEventLoopContext() || !context.inThread() || vertx.tracer() != null) {
            return write(address, body, headers);
        }
        Line line = new Line(context.nettyEventLoop(), address);
        Turn turn = turns.get(line);
        if (turn == null) {
            turn = new Turn(line, body, headers);
            turns.put(line, turn);
            Turn begun = turn;
            context.unwrap().runOnContext(ended -> end(begun));
        } else {
            turn.add(body, headers);
            if (turn.length() > MOST_BYTES) {
                end(turn);
            }
        }
        return turn.sent.future();
    }

    private void end(Turn turn) {
        if (turns.remove(turn.line, turn)) {
            Catching.future("event bus", turn::write).onComplete(turn.sent);
        }
    }

    private Future<Void> write(String address, @Nullable Buffer body, MultiMap headers) {
        return vertx.eventBus()
                .<Object>sender(address, new DeliveryOptions().setHeaders(headers))
                .write(body);
    }

    /** What was to be sent since a turn began; encoded from the second message on. */
    private final class Turn {
        private final Line line;
        private final Promise<Void> sent = Promise.promise();
        private final @Nullable Buffer body;
        private final MultiMap headers;
        private @Nullable BusBundle bundle;

        private Turn(Line line, @Nullable Buffer body, MultiMap headers) {
            this.line = line;
            this.body = body;
            this.headers = headers;
        }

        private void add(@Nullable Buffer further, MultiMap with) {
            BusBundle known = bundle;
            if (known == null) {
                known = new BusBundle();
                known.add(headers, body);
                bundle = known;
            }
            known.add(with, further);
        }

        private int length() {
            return bundle == null ? 0 : bundle.length();
        }

        private Future<Void> write() {
            BusBundle several = bundle;
            if (several == null) {
                return BusBundler.this.write(line.address(), body, headers);
            }
            DeliveryOptions options = BusMessages.versioned().addHeader(BusProtocol.ACTION, BUNDLE);
            return BusBundler.this.write(line.address(), several.body(), options.getHeaders());
        }
    }
}
