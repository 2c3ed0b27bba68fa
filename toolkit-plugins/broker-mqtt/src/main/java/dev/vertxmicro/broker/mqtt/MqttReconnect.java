package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How connections are made, and made again.
 *
 * @param required       whether {@code connect()} fails where no server answers; else it succeeds, what is published waits,
 *                       and a {@code subscribe} comes into force later
 * @param connectTimeout how long one server may take to accept: TCP, TLS and its answer; &gt; 0
 * @param min            pause before the first new attempt, give or take a half; doubled before each further one, and the
 *                       first again when a connection has held longer than the next would be; &gt; 0
 * @param max            the longest such pause; at least {@code min}
 */
@Value.Builder
@OptionsStyle
public record MqttReconnect(boolean required, Duration connectTimeout, Duration min, Duration max)
        implements WithMqttReconnect {
    /** The server is required, 5 s, pauses of 100 ms to 10 s. */
    public static final MqttReconnect DEFAULTS =
            new MqttReconnect(true, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(10));

    /** Checks the values. */
    public MqttReconnect {
        Bounds.check(Bounds.positive(connectTimeout), "connectTimeout", connectTimeout, "> 0");
        Bounds.check(Bounds.positive(min), "reconnectMin", min, "> 0");
        Bounds.check(max.compareTo(min) >= 0, "reconnectMax", max, ">= reconnectMin, " + min);
    }

    /**
     * Returns a copy with these pauses.
     *
     * @param first   before the first new attempt
     * @param longest the pauses double up to this one
     * @return the copy
     */
    public MqttReconnect withPauses(Duration first, Duration longest) {
        return new MqttReconnect(required, connectTimeout, first, longest);
    }
}
