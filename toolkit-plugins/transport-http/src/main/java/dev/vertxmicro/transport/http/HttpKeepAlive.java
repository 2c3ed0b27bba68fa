package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How a connection is noticed that something on the way dropped silently.
 *
 * @param keepAlive        how often a connection that carries many calls asks for a sign of life, how often both ends of a stream give
 *                         one, and after how long an idle connection of HTTP/1.1 is not used again; {@code 0} for never; default 10 s
 * @param keepAliveTimeout how long the other side may take to give it; then the connection is closed and its calls fail; default 5 s
 */
@Value.Builder
@OptionsStyle
public record HttpKeepAlive(Duration keepAlive, Duration keepAliveTimeout) implements WithHttpKeepAlive {
    /** Noticed within a quarter of a minute. */
    public static final HttpKeepAlive DEFAULTS = new HttpKeepAlive(Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** Checks the bounds. */
    public HttpKeepAlive {
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException("keepAlive: " + keepAlive + " (expected: >= 0)");
        }
        HttpLimits.positive("keepAliveTimeout", keepAliveTimeout);
    }

    /** After which a connection of HTTP/1.1, which cannot be asked, is not used again. */
    int idleSeconds() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, keepAlive.toSeconds()));
    }

    SignsOfLife.Settings settings() {
        return new SignsOfLife.Settings(keepAlive, keepAliveTimeout);
    }
}
