package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is published and not complete, in messages and in bytes. May be used from any thread. */
final class Admission {
    private final MqttLimits limits;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Admission(MqttLimits limits) {
        this.limits = limits;
    }

    /** Takes room for a message; empty if there was some, else why not. */
    Optional<Future<Void>> take(int length) {
        if (length > limits.maxMessageBytes()) {
            return refuse(MicroException.of(
                    MqttBroker.ID, 413, "payload of " + length + " bytes (limit: " + limits.maxMessageBytes() + ")"));
        }
        if (messages.incrementAndGet() > limits.pendingMessages()) {
            messages.decrementAndGet();
            return refuse(MicroException.unavailable(
                    MqttBroker.ID, "buffer full (limit: " + limits.pendingMessages() + " messages)"));
        }
        if (bytes.addAndGet(length) > limits.pendingBytes() && bytes.get() > length) {
            give(length);
            return refuse(MicroException.unavailable(
                    MqttBroker.ID, "buffer full (limit: " + limits.pendingBytes() + " bytes)"));
        }
        return Optional.empty();
    }

    private static Optional<Future<Void>> refuse(MicroException reason) {
        return Optional.of(Future.failedFuture(reason.withoutStackTrace()));
    }

    /** Gives the room of a message back. */
    void give(int length) {
        messages.decrementAndGet();
        bytes.addAndGet(-length);
    }
}
