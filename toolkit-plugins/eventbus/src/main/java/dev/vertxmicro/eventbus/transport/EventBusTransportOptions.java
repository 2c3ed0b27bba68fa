package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a transport on the event bus.
 *
 * @param maxMessageBytes what a message may have, of a call or a stream; larger ones are refused with 413; &gt; 0, default 16 MiB
 * @param dialTimeout     how long a server may take to say that it is there; &gt; 0, default 5 s
 */
@Value.Builder
@OptionsStyle
public record EventBusTransportOptions(int maxMessageBytes, Duration dialTimeout)
        implements WithEventBusTransportOptions {
    /** 16 MiB, 5 s. */
    public static final EventBusTransportOptions DEFAULTS =
            new EventBusTransportOptions(BusStreams.MAX_MESSAGE_BYTES, Duration.ofSeconds(5));

    /** Checks the values. */
    public EventBusTransportOptions {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes: " + maxMessageBytes + " (expected: >= 1)");
        }
        if (dialTimeout.isNegative() || dialTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("dialTimeout: " + dialTimeout + " (expected: >= 1ms)");
        }
    }

    /**
     * Reads the section {@code $.transport.eventbus}.
     *
     * @param section the section
     * @return what it says
     */
    public static EventBusTransportOptions from(Section section) {
        return section.build(
                () -> DEFAULTS.withMaxMessageBytes(section.integer("maxMessageBytes", DEFAULTS.maxMessageBytes()))
                        .withDialTimeout(section.duration("dialTimeout", DEFAULTS.dialTimeout())));
    }
}
