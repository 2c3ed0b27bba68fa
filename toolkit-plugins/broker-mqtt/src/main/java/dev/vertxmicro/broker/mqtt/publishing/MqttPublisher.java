package dev.vertxmicro.broker.mqtt.publishing;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.broker.mqtt.session.MqttLink;
import dev.vertxmicro.broker.mqtt.session.SessionEvents;
import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
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
public final class MqttPublisher implements SessionEvents {
    private final MqttContext context;
    private final Admission admission;
    private final int mostBytes;
    private final int qos;
    private final Duration patience;
    private final Queue<Outgoing> handedIn = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private final InFlight inFlight;
    private @Nullable MqttLink link;
    private @Nullable Timer expiry;
    private Optional<MicroException> closed = Optional.empty();

    /**
     * Makes one without a connection.
     *
     * @param context  that it is confined to
     * @param settings how much is published at once
     */
    public MqttPublisher(MqttContext context, PublishSettings settings) {
        this.context = context;
        this.qos = settings.qos();
        this.inFlight = new InFlight(settings.inflight());
        this.patience = settings.patience();
        this.mostBytes = settings.maxMessageBytes();
        this.admission = new Admission(settings.pendingMessages(), settings.pendingBytes());
    }

    /** Publishes; may be called from any thread, and completes there. */
    public Future<Void> publish(String topic, Buffer payload) {
        if (payload.length() > mostBytes) {
            return refused(MicroException.of(
                    MqttContext.ERROR_ID, 413, "payload of " + payload.length() + " bytes (limit: " + mostBytes + ")"));
        }
        Optional<String> full = admission.enter(payload.length());
        if (full.isPresent()) {
            return refused(MicroException.unavailable(MqttContext.ERROR_ID, "buffer full (" + full.get() + ")"));
        }
        Promise<Void> promise = context.timers().promise();
        Outgoing message =
                new Outgoing(topic, payload, promise, context.timers().nanoTime() + patience.toNanos());
        if (context.isCallers()) {
            accept(message);
            pump();
        } else {
            handedIn.add(message);
            if (called.compareAndSet(false, true)) {
                context.later(this::takeIn);
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
            expiry = context.timers().schedule(patience, this::expire);
        }
    }

    private void pump() {
        while (link != null && inFlight.hasRoom() && !waiting.isEmpty()) {
            send(link, waiting.remove());
        }
    }

    private void send(MqttLink open, Outgoing message) {
        int attempt = ++message.sent;
        inFlight.sent(message, qos > 0);
        Future<Void> written =
                open.publish(message.topic, BufferContent.of(message.payload), qos, message.id, attempt > 1);
        if (qos == 0) {
            written.onComplete(result -> written(message, attempt, result));
        }
    }

    /** QoS 0: what could not be written goes with the next connection. */
    private void written(Outgoing message, int attempt, AsyncResult<Void> result) {
        if (result.succeeded() && message.sent == attempt) {
            finish(message);
        }
    }

    @Override
    public void acknowledged(int id) {
        Outgoing message = inFlight.find(id);
        MqttLink open = link;
        if (message == null || open == null) {
            return;
        }
        if (qos == 2 && !message.released) {
            message.released = true;
            open.release(id);
            return;
        }
        finish(message);
    }

    private void finish(Outgoing message) {
        inFlight.done(message);
        settle(message, Future.succeededFuture());
        inFlight.trim();
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

    @Override
    public void opened(MqttLink opened, boolean atOnce) {
        link = opened;
        inFlight.opened(atOnce).ifPresent(this::hungUpAt);
        pump();
    }

    private void hungUpAt(Outgoing message) {
        waiting.remove(message);
        String detail = "topic " + message.topic
                + ": the server closed the connection each time it was sent this message of "
                + message.payload.length() + " bytes (expected: one that it takes, it may limit length or topics)";
        settle(
                message,
                Future.failedFuture(
                        MicroException.badRequest(MqttContext.ERROR_ID, detail).withoutStackTrace()));
    }

    @Override
    public void lost(boolean hungUp) {
        link = null;
        inFlight.lost(hungUp).forEach(waiting::addFirst);
    }

    private void expire() {
        expiry = null;
        long now = context.timers().nanoTime();
        MicroException late = MicroException.timeout(
                        MqttContext.ERROR_ID,
                        (link == null ? "not connected to the server" : "not acknowledged by the server") + " within "
                                + patience.toMillis() + " ms")
                .withoutStackTrace();
        List<Outgoing> old = Stream.concat(inFlight.stream(), waiting.stream())
                .filter(message -> !message.done)
                .takeWhile(message -> message.deadline - now <= 0)
                .toList();
        old.forEach(message -> {
            if (message.id > 0) {
                inFlight.overdue();
            }
            settle(message, Future.failedFuture(late));
        });
        waiting.removeIf(message -> message.done);
        inFlight.trim();
        pump();
        Stream.concat(inFlight.stream(), waiting.stream())
                .filter(message -> !message.done)
                .findFirst()
                .ifPresent(next -> rearm(Duration.ofNanos(next.deadline - now)));
    }

    private void rearm(Duration pause) {
        if (expiry == null) {
            expiry = context.timers().schedule(pause, this::expire);
        }
    }

    /** Fails all that is not complete, and all that is published from now on. */
    public void close(MicroException reason) {
        closed = Optional.of(reason);
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
        List<Outgoing> left = Stream.concat(inFlight.stream(), waiting.stream()).toList();
        inFlight.clear();
        waiting.clear();
        left.forEach(message -> settle(message, Future.failedFuture(reason)));
        takeIn();
    }
}
