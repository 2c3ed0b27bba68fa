package @root@;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of the @Type@ @kind@.
 *
 * @param address        of the server, {@code host:port}
 * @param requestTimeout how long it may take to answer; &gt; 0
 */
@Value.Builder
@OptionsStyle
public record @Type@@Kind@Options(String address, Duration requestTimeout) implements With@Type@@Kind@Options {
    /** A server of this host, 5 s. */
    public static final @Type@@Kind@Options DEFAULTS =
            new @Type@@Kind@Options("127.0.0.1:1234", Duration.ofSeconds(5));

    /** Checks the values. */
    public @Type@@Kind@Options {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
        }
    }
}
