package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.http.publishing.PublisherSettings;
import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How messages are published.
 *
 * @param timeout         time for all subscribers to handle a message, tries included; default 5 s
 * @param mandatory       whether a publish without subscribers is an error, 404; default false
 * @param outboxMessages  messages held while their topic has no subscriber; the oldest is dropped for the next; default
 *                        1,000
 * @param outboxTime      how long each is held; default 1 min
 * @param pendingMessages publishes that wait for their subscribers; the next fails with 503; default 10,000
 * @param pendingBytes    what these take together, encoded, and what the outbox takes; default 64 MiB
 */
@Value.Builder
@OptionsStyle
public record HttpPublishing(
        Duration timeout,
        boolean mandatory,
        int outboxMessages,
        Duration outboxTime,
        int pendingMessages,
        int pendingBytes)
        implements WithHttpPublishing {
    /** 5 s, held if nobody subscribes, bounded. */
    public static final HttpPublishing DEFAULTS =
            new HttpPublishing(Duration.ofSeconds(5), false, 1000, Duration.ofMinutes(1), 10_000, 64 * 1024 * 1024);

    /** Checks the bounds. */
    public HttpPublishing {
        HttpReceiving.positive("publishTimeout", timeout);
        HttpReceiving.atLeast("outboxMessages", outboxMessages, 0);
        HttpReceiving.positive("outboxTime", outboxTime);
        HttpReceiving.atLeast("pendingMessages", pendingMessages, 1);
        HttpReceiving.atLeast("pendingBytes", pendingBytes, 1);
    }

    PublisherSettings ofPublisher() {
        return new PublisherSettings(timeout, mandatory, outboxMessages, pendingBytes, outboxTime);
    }

    /**
     * Returns a copy with this outbox.
     *
     * @param messages held at most; 0 holds none
     * @param time     how long each
     * @return the copy
     */
    public HttpPublishing withOutbox(int messages, Duration time) {
        return new HttpPublishing(timeout, mandatory, messages, time, pendingMessages, pendingBytes);
    }

    /**
     * Returns a copy that lets this much wait.
     *
     * @param messages publishes
     * @param bytes    what they take together
     * @return the copy
     */
    public HttpPublishing withPending(int messages, int bytes) {
        return new HttpPublishing(timeout, mandatory, outboxMessages, outboxTime, messages, bytes);
    }
}
