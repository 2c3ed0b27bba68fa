package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages in the order they were published, as many at once as the window takes. Those that the server has not acknowledged
 * when the connection is lost go first on the next one. Confined to its context but for {@link #publish}.
 */
final class MqttPublisher implements SessionEvents {
    private static final int MOST_IDS = 65_535;
    /**
     * At QoS 2. Mosquitto's own window where nothing else is configured, of which MQTT 3.1.1 cannot tell; beyond it version 2.0.11
     * stops sending to the subscribers.
     */
    private static final int MOST_EXACTLY_ONCE = 20;

    private final Scope scope;
    private final Admission admission;
    private final int mostBytes;
    private final int qos;
    private final int window;
    private final Duration patience;
    private final Queue<Outgoing> handedIn = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    /** In order; those that are done leave when they are first. */
    private final ArrayDeque<Outgoing> sent = new ArrayDeque<>();

    private final IntObjectMap<Outgoing> unacknowledged = new IntObjectHashMap<>();
    private int lastId;
    private int inflight;
    private @Nullable MqttLink link;
    private @Nullable Timer expiry;
    private Optional<MicroException> closed = Optional.empty();

    MqttPublisher(Scope scope) {
        this.scope = scope;
        this.qos = scope.options().qos();
        int inflightLimit = scope.options().limits().inflight();
        this.window = qos == 2 ? Math.min(MOST_EXACTLY_ONCE, inflightLimit) : inflightLimit;
        this.patience = scope.options().limits().publishTimeout();
        MqttLimits limits = scope.options().limits();
        this.mostBytes = limits.maxMessageBytes();
        this.admission = new Admission(limits.pendingMessages(), limits.pendingBytes());
    }

    /** Publishes; may be called from any thread, and completes there. */
    Future<Void> publish(String topic, Buffer payload) {
        if (payload.length() > mostBytes) {
            return refused(MicroException.of(
                    MqttBroker.ID, 413, "payload of " + payload.length() + " bytes (limit: " + mostBytes + ")"));
        }
        Optional<String> full = admission.enter(payload.length());
        if (full.isPresent()) {
            return refused(MicroException.unavailable(MqttBroker.ID, "buffer full (" + full.get() + ")"));
        }
        Promise<Void> promise = scope.timers().promise();
        Outgoing message = new Outgoing(topic, payload, promise, scope.timers().nanoTime() + patience.toNanos());
        if (scope.context().inThread()) {
            accept(message);
            pump();
        } else {
            handedIn.add(message);
            if (called.compareAndSet(false, true)) {
                scope.context().runOnContext(start -> takeIn());
            }
        }
        return promise.future();
    }

    private static Future<Void> refused(MicroException reason) {
        return Future.failedFuture(reason.withoutStackTrace());
    }

    private void takeIn() {
        called.set(false);
        for (Outgoing message = handedIn.poll(); message != null; message = handedIn.poll()) {
            accept(message);
        }
        pump();
    }

    private void accept(Outgoing message) {
        if (closed.isPresent()) {
            settle(message, Future.failedFuture(closed.get()));
            return;
        }
        waiting.add(message);
        if (expiry == null) {
            expiry = scope.timers().schedule(patience, this::expire);
        }
    }

    private void pump() {
        while (link != null && inflight < window && !waiting.isEmpty()) {
            send(link, waiting.remove());
        }
    }

    private void send(MqttLink open, Outgoing message) {
        int attempt = ++message.sent;
        inflight++;
        sent.add(message);
        if (qos > 0) {
            message.id = nextId();
            unacknowledged.put(message.id, message);
        }
        Future<Void> written =
                open.publish(message.topic, MqttEnvelope.bytes(message.payload), qos, message.id, attempt > 1);
        if (qos == 0) {
            written.onComplete(result -> written(message, attempt, result));
        }
    }

    private int nextId() {
        do {
            lastId = lastId % MOST_IDS + 1;
        } while (unacknowledged.containsKey(lastId));
        return lastId;
    }

    /** QoS 0: what could not be written goes with the next connection. */
    private void written(Outgoing message, int attempt, AsyncResult<Void> result) {
        if (result.succeeded() && message.sent == attempt) {
            finish(message);
        }
    }

    @Override
    public void acknowledged(int id) {
        Outgoing message = unacknowledged.get(id);
        MqttLink open = link;
        if (message == null || open == null) {
            return;
        }
        if (qos == 2 && !message.released) {
            message.released = true;
            open.release(id);
            return;
        }
        unacknowledged.remove(id);
        finish(message);
    }

    private void finish(Outgoing message) {
        inflight--;
        settle(message, Future.succeededFuture());
        trim();
        pump();
    }

    private void settle(Outgoing message, AsyncResult<Void> result) {
        if (!message.done) {
            message.done = true;
            admission.leave(message.payload.length());
            if (result.succeeded()) {
                message.promise.complete();
            } else {
                message.promise.fail(result.cause());
            }
        }
    }

    private void trim() {
        for (Outgoing first = sent.peek(); first != null && first.done && !isInFlight(first); first = sent.peek()) {
            sent.remove();
        }
    }

    /** Given up by its caller, but the server may still acknowledge it. */
    private boolean isInFlight(Outgoing message) {
        return message.id > 0 && unacknowledged.get(message.id) == message;
    }

    @Override
    public void opened(MqttLink opened) {
        link = opened;
        pump();
    }

    @Override
    public void lost() {
        link = null;
        inflight = 0;
        unacknowledged.clear();
        for (Iterator<Outgoing> last = sent.descendingIterator(); last.hasNext(); ) {
            Outgoing message = last.next();
            message.id = 0;
            message.released = false;
            if (!message.done) {
                waiting.addFirst(message);
            }
        }
        sent.clear();
    }

    private void expire() {
        expiry = null;
        long now = scope.timers().nanoTime();
        MicroException late = MicroException.timeout(
                        MqttBroker.ID,
                        (link == null ? "not connected to the server" : "not acknowledged by the server") + " within "
                                + patience.toMillis() + " ms")
                .withoutStackTrace();
        List<Outgoing> old = Stream.concat(sent.stream(), waiting.stream())
                .filter(message -> !message.done)
                .takeWhile(message -> message.deadline - now <= 0)
                .toList();
        old.forEach(message -> settle(message, Future.failedFuture(late)));
        waiting.removeIf(message -> message.done);
        trim();
        Stream.concat(sent.stream(), waiting.stream())
                .filter(message -> !message.done)
                .findFirst()
                .ifPresent(next -> rearm(Duration.ofNanos(next.deadline - now)));
    }

    private void rearm(Duration pause) {
        if (expiry == null) {
            expiry = scope.timers().schedule(pause, this::expire);
        }
    }

    /** Fails all that is not complete, and all that is published from now on. */
    void close(MicroException reason) {
        closed = Optional.of(reason);
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        List<Outgoing> left = Stream.concat(sent.stream(), waiting.stream()).toList();
        sent.clear();
        waiting.clear();
        unacknowledged.clear();
        inflight = 0;
        left.forEach(message -> settle(message, Future.failedFuture(reason)));
        takeIn();
    }
}
