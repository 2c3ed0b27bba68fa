package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.config.OptionsStyle;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the lines about calls.
 *
 * @param layout         `json` makes a JSON object of each line on the console, whoever wrote it, where the log goes to java.util.logging;
 *                       `text` leaves it as it is
 * @param sample         one of so many calls that succeed has a line, all of a trace or none; 1 for all, 0 for none; those that fail or are
 *                       slow always have one
 * @param slowAfter      a call or message that takes longer has a line, whatever the sample; zero for none; default 1 s
 * @param successLevel   of what succeeds: `off`, `debug`, `info`, `warn` or `error`; default `info`
 * @param slowLevel      of what succeeds but was slow; default `warn`
 * @param refusedLevel   of what fails by an error 400 to 499 but 408, which is the caller's; default `info`
 * @param failureLevel   of what fails otherwise; default `warn`
 * @param linesPerSecond at most, on each side, of what succeeds, and as many of what fails or is slow; how many were left out is told
 *                       once a second; default 1,000
 * @param mdc            whether the ids of a call are in the MDC, `trace_id` and `call_id`, of what is logged while it is handled; default
 *                       `true`
 * @param requestId      whether a call without a trace is given an `X-Request-Id`, which goes on with all calls and messages that it causes;
 *                       default `true`
 * @param metadata       names of the metadata that lines show; secrets such as `Authorization` stay out unless named here
 * @param payloads       whether lines show request, response and message, also what is secret in them; default `false`
 * @param payloadChars   how much of each, 1 to 65,536 characters; default 1,024
 */
@Value.Builder
@OptionsStyle
public record LoggingOptions(
        LogLayout layout,
        int sample,
        Duration slowAfter,
        Level successLevel,
        Level slowLevel,
        Level refusedLevel,
        Level failureLevel,
        int linesPerSecond,
        boolean mdc,
        boolean requestId,
        List<String> metadata,
        boolean payloads,
        int payloadChars)
        implements WithLoggingOptions {
    private static final int MOST_LINES = 1_000_000;
    private static final int MOST_NAMES = 32;
    private static final int MOST_CHARS = 65_536;

    /** A line for each call, no payload, no metadata. */
    public static final LoggingOptions DEFAULTS = new LoggingOptions(
            LogLayout.TEXT,
            1,
            Duration.ofSeconds(1),
            Level.INFO,
            Level.WARNING,
            Level.INFO,
            Level.WARNING,
            1000,
            true,
            true,
            List.of(),
            false,
            1024);

    /** Checks the bounds. */
    public LoggingOptions {
        check(sample >= 0, "sample", sample, ">= 0");
        check(!slowAfter.isNegative(), "slowAfter", slowAfter, ">= 0");
        check(linesPerSecond >= 1 && linesPerSecond <= MOST_LINES, "linesPerSecond", linesPerSecond, "1 to 1000000");
        metadata = List.copyOf(metadata);
        check(metadata.size() <= MOST_NAMES, "metadata", metadata.size() + " names", "at most 32");
        check(metadata.stream().noneMatch(String::isBlank), "metadata", "a blank name", "names of metadata");
        check(payloadChars >= 1 && payloadChars <= MOST_CHARS, "payloadChars", payloadChars, "1 to 65536");
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
