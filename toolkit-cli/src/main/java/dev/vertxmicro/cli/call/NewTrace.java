package dev.vertxmicro.cli.call;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A trace that begins with a call, recorded by whoever traces on its way (W3C Trace Context).
 *
 * @param id   32 hexadecimal digits
 * @param span 16 of them, which stand for the command
 */
record NewTrace(String id, String span) {
    private static final HexFormat HEX = HexFormat.of();

    /** Makes one that nobody else has; zeros are no id. */
    static NewTrace of(RandomGenerator random) {
        return new NewTrace(
                HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong() | 1),
                HEX.toHexDigits(random.nextLong() | 1));
    }

    /** The entry of metadata, as of a command line. */
    String metadata() {
        return "Traceparent=00-" + id + "-" + span + "-01";
    }
}
