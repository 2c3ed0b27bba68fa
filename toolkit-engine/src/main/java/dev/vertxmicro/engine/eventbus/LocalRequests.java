package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Requests to consumers of this process whose replies are heard where they are given, on the thread of the consumer. To whoever only
 * hands a reply on, a request of the event bus costs a consumer, a timer, a copy of the reply and the way to a thread that has no part
 * in it. May be used from any thread.
 */
public final class LocalRequests implements Shareable {
    /** How late a request may end that nobody replies to. */
    private static final Duration CHECK = Duration.ofMillis(500);

    private final VertxInternal vertx;
    private final EventBusImpl bus;
    private final Timers timers;
    private final String prefix = "micro.reply/" + UUID.randomUUID() + "/";
    private final AtomicLong last = new AtomicLong();
    private final Map<String, Asked> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean checking = new AtomicBoolean();

    private record Asked(String address, long until, Listener listener) {}

    /** Hears what becomes of a request, once, and does not throw. */
    public interface Listener {

        /**
         * Hears the reply, on the thread of whoever gives it.
         *
         * @param headers of the reply, not to be changed
         * @param body    its body; JSON is the consumer's, to be read now, bytes are the listener's
         */
        void replied(MultiMap headers, @Nullable Object body);

        /**
         * Hears that there is none.
         *
         * @param failure as the consumer failed, {@code NO_HANDLERS} or {@code TIMEOUT}
         */
        void failed(Throwable failure);
    }

    LocalRequests(Vertx vertx, Timers timers) {
        this.vertx = (VertxInternal) vertx;
        this.bus = (EventBusImpl) vertx.eventBus();
        this.timers = timers;
        bus.addOutboundInterceptor(this::sent);
    }

    /**
     * Gives those of a Vert.x.
     *
     * @param vertx the Vert.x
     * @return always the same ones
     */
    public static LocalRequests of(Vertx vertx) {
        return vertx.sharedData()
                .<String, LocalRequests>getLocalMap("dev.vertxmicro.requests")
                .computeIfAbsent("local", key -> new LocalRequests(vertx, VertxTimers.of(vertx)));
    }

    /**
     * Sends a request to one of the consumers of an address in this process.
     *
     * @param address  where
     * @param body     of the request
     * @param options  its headers, codec and time
     * @param listener hears what becomes of it
     */
    public void send(String address, @Nullable Object body, DeliveryOptions options, Listener listener) {
        String reply = prefix + last.incrementAndGet();
        @SuppressWarnings("unchecked")
        MessageImpl<Object, Object> message =
                bus.createMessage(true, true, address, options.getHeaders(), body, options.getCodecName());
        message.setReplyAddress(reply);
        long until = timers.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.getSendTimeout());
        waiting.put(reply, new Asked(address, until, listener));
        if (checking.compareAndSet(false, true)) {
            timers.schedule(CHECK, this::check);
        }
        bus.sendOrPubInternal(message, options.setLocalOnly(true), null).onFailure(unsent -> {
            if (waiting.remove(reply) != null) {
                listener.failed(unsent);
            }
        });
    }

    /**
     * Counts those without a reply.
     *
     * @return how many
     */
    public int size() {
        return waiting.size();
    }

    private void sent(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        if (!message.address().startsWith(prefix)) {
            delivery.next();
            return;
        }
        Asked asked = waiting.remove(message.address());
        if (asked != null) {
            hear(asked.listener(), message, delivery.body());
        }
        if (vertx.tracer() != null || bus.isMetricsEnabled()) {
            delivery.next(); // which finds nobody, and has counted it
        }
    }

    private static void hear(Listener listener, Message<Object> reply, @Nullable Object given) {
        if (given instanceof ReplyException failure) {
            listener.failed(failure);
        } else {
            listener.replied(reply.headers(), given instanceof Buffer bytes ? bytes.copy() : given);
        }
    }

    private void check() {
        long now = timers.nanoTime();
        waiting.forEach((reply, asked) -> {
            if (asked.until() - now <= 0 && waiting.remove(reply) != null) {
                asked.listener()
                        .failed(new ReplyException(
                                ReplyFailure.TIMEOUT, "no reply in time, address: " + asked.address()));
            }
        });
        checking.set(false);
        if (!waiting.isEmpty() && checking.compareAndSet(false, true)) {
            timers.schedule(CHECK, this::check);
        }
    }
}
