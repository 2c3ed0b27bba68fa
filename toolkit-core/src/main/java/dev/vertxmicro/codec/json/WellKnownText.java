package dev.vertxmicro.codec.json;

import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import dev.vertxmicro.codec.CodecException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, durations and field masks in the text that protobuf's JSON mapping gives them; generated messages and dynamic ones. */
final class WellKnownText {
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DURATION = Pattern.compile("(-?)(\\d{1,12})(?:\\.(\\d{1,9}))?s");
    /** The years 1 to 9999. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int NANOS = 1_000_000_000;
    /** Ten thousand years. */
    private static final long LONGEST_SECONDS = 315_576_000_000L;

    private WellKnownText() {}

    static void parse(WellKnownType type, String text, Message.Builder into) {
        switch (type) {
            case TIMESTAMP -> timestamp(text, into);
            case DURATION -> duration(text, into);
            default -> mask(text, into);
        }
    }

    /** Prints a message; what is out of range has no text, and is refused. */
    static String print(WellKnownType type, MessageOrBuilder message) {
        return switch (type) {
            case TIMESTAMP -> {
                if (!isTime(seconds(message), nanos(message))) {
                    throw outOfRange(message);
                }
                yield Instant.ofEpochSecond(seconds(message), nanos(message)).toString();
            }
            case DURATION -> {
                if (!isDuration(seconds(message), nanos(message))) {
                    throw outOfRange(message);
                }
                yield duration(seconds(message), nanos(message));
            }
            default -> mask(paths(message));
        };
    }

    private static boolean isTime(long seconds, int nanos) {
        return seconds >= FIRST_SECOND && seconds <= LAST_SECOND && nanos >= 0 && nanos < NANOS;
    }

    /** Seconds and nanoseconds of one sign. */
    private static boolean isDuration(long seconds, int nanos) {
        return Math.abs(seconds) <= LONGEST_SECONDS
                && Math.abs(nanos) < NANOS
                && (seconds == 0 || nanos == 0 || seconds < 0 == nanos < 0);
    }

    /** Writes the fraction by three, six or nine digits. */
    private static String duration(long seconds, int nanos) {
        StringBuilder text = new StringBuilder(24);
        text.append(seconds < 0 || nanos < 0 ? "-" : "").append(Math.abs(seconds));
        int fraction = Math.abs(nanos);
        if (fraction != 0) {
            String digits = Integer.toString(NANOS + fraction).substring(1);
            int shown = fraction % 1_000_000 == 0 ? 3 : fraction % 1000 == 0 ? 6 : 9;
            text.append('.').append(digits, 0, shown);
        }
        return text.append('s').toString();
    }

    private static IllegalArgumentException outOfRange(MessageOrBuilder message) {
        return new IllegalArgumentException(message.getDescriptorForType().getFullName() + ": " + seconds(message)
                + " s, " + nanos(message) + " ns (expected: within its range)");
    }

    /** A path that would come back as another one has no text. */
    private static String mask(List<String> paths) {
        String text = FieldMaskText.print(paths);
        if (!FieldMaskText.parse(text).equals(paths)) {
            throw new CodecException(
                    "json: google.protobuf.FieldMask: " + ProtoJsonScalar.shown(String.join(",", paths))
                            + " (expected: paths that camel case keeps)",
                    null);
        }
        return text;
    }

    private static void timestamp(String text, Message.Builder into) {
        if (!TIMESTAMP.matcher(text).matches()) {
            throw wrong(into, text);
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!isTime(time.getEpochSecond(), time.getNano())) {
                throw wrong(into, text);
            }
            put(time.getEpochSecond(), time.getNano(), into);
        } catch (DateTimeException e) {
            throw wrong(into, text);
        }
    }

    private static void duration(String text, Message.Builder into) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw wrong(into, text);
        }
        int sign = parts.group(1).isEmpty() ? 1 : -1;
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        long seconds = sign * Long.parseLong(parts.group(2));
        int nanos = sign * Integer.parseInt((fraction + "000000000").substring(0, 9));
        if (!isDuration(seconds, nanos)) {
            throw wrong(into, text);
        }
        put(seconds, nanos, into);
    }

    private static void put(long seconds, int nanos, Message.Builder into) {
        if (into instanceof Timestamp.Builder time) {
            time.setSeconds(seconds).setNanos(nanos);
            return;
        }
        into.setField(into.getDescriptorForType().findFieldByNumber(1), seconds);
        into.setField(into.getDescriptorForType().findFieldByNumber(2), nanos);
    }

    private static void mask(String text, Message.Builder into) {
        if (text.indexOf('_') >= 0) {
            throw wrong(into, text);
        }
        into.setField(into.getDescriptorForType().findFieldByNumber(1), FieldMaskText.parse(text));
    }

    private static List<String> paths(MessageOrBuilder message) {
        List<?> paths =
                (List<?>) message.getField(message.getDescriptorForType().findFieldByNumber(1));
        return paths.stream().map(String.class::cast).toList();
    }

    private static long seconds(MessageOrBuilder message) {
        return (Long) message.getField(message.getDescriptorForType().findFieldByNumber(1));
    }

    private static int nanos(MessageOrBuilder message) {
        return (Integer) message.getField(message.getDescriptorForType().findFieldByNumber(2));
    }

    private static CodecException wrong(Message.Builder into, String text) {
        String type = into.getDescriptorForType().getFullName();
        return new CodecException("json: " + ProtoJsonScalar.shown(text) + " (expected: " + type + ")", null);
    }
}
