package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends calls that came over the event bus when their sender publishes that he waits no more: at {@code micro.cancel}, with the id
 * that he gave the call in the header {@code call}. May be used from any thread.
 */
public final class BusCancellations {
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();
    private final MessageConsumer<Object> consumer;

    private BusCancellations(EventBus bus, boolean shared) {
        consumer = shared
                ? bus.consumer(BusProtocol.CANCEL, this::cancel)
                : bus.localConsumer(BusProtocol.CANCEL, this::cancel);
    }

    /**
     * Begins to listen.
     *
     * @param bus    the event bus
     * @param shared true if the whole cluster may cancel
     * @return those who are at work, none yet
     */
    public static BusCancellations listen(EventBus bus, boolean shared) {
        return new BusCancellations(bus, shared);
    }

    private void cancel(Message<Object> message) {
        String call = message.headers().get(BusProtocol.CALL);
        Cancellation known = call == null ? null : running.remove(call);
        if (known != null) {
            known.cancel(MicroException.timeout(message.address(), "context canceled")
                    .withoutStackTrace());
        }
    }

    /**
     * Reads by what its sender may cancel a call.
     *
     * @param message its request
     * @return its id; empty for none
     */
    public static String id(Message<?> message) {
        String call = message.headers().get(BusProtocol.CALL);
        return call == null ? "" : call;
    }

    /**
     * Begins to look after a call.
     *
     * @param call its id
     * @return happens when its sender cancels it; {@link Cancellation#NEVER} if it has no id
     */
    public Cancellation begin(String call) {
        return call.isEmpty() ? Cancellation.NEVER : running.computeIfAbsent(call, id -> new Cancellation());
    }

    /**
     * Forgets a call, which is over.
     *
     * @param call its id
     */
    public void end(String call) {
        if (!call.isEmpty()) {
            running.remove(call);
        }
    }

    /**
     * Tells whoever works on a call that nobody waits for it.
     *
     * @param bus  the event bus
     * @param call its id
     */
    public static void publish(EventBus bus, String call) {
        bus.publish(BusProtocol.CANCEL, null, BusMessages.versioned().addHeader(BusProtocol.CALL, call));
    }

    /**
     * Listens no more.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        return consumer.unregister();
    }
}
