package dev.vertxmicro.codec.json;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.Timestamps;
import dev.vertxmicro.codec.CodecException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;

/** Times, durations and field masks in the text that protobuf's JSON mapping gives them; generated messages and dynamic ones. */
final class WellKnownText {
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final Pattern DURATION = Pattern.compile("-?\\d{1,12}(\\.\\d{1,9})?s");

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
                Timestamp time = Timestamps.checkValid(Timestamp.newBuilder()
                        .setSeconds(seconds(message))
                        .setNanos(nanos(message))
                        .build());
                yield Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
            }
            case DURATION ->
                Durations.toString(Duration.newBuilder()
                        .setSeconds(seconds(message))
                        .setNanos(nanos(message))
                        .build());
            default -> mask(paths(message));
        };
    }

    /** A path that would come back as another one has no text. */
    private static String mask(FieldMask paths) {
        String text = FieldMaskUtil.toJsonString(paths);
        if (!FieldMaskUtil.fromJsonString(text).equals(paths)) {
            throw new CodecException(
                    "json: google.protobuf.FieldMask: " + ProtoJsonScalar.shown(FieldMaskUtil.toString(paths))
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
            if (!Timestamps.isValid(time.getEpochSecond(), time.getNano())) {
                throw wrong(into, text);
            }
            put(time.getEpochSecond(), time.getNano(), into);
        } catch (DateTimeException e) {
            throw wrong(into, text);
        }
    }

    private static void duration(String text, Message.Builder into) {
        if (!DURATION.matcher(text).matches()) {
            throw wrong(into, text);
        }
        try {
            Duration duration = Durations.parse(text);
            put(duration.getSeconds(), duration.getNanos(), into);
        } catch (ParseException | IllegalArgumentException e) {
            throw wrong(into, text);
        }
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
        FieldMask mask = FieldMaskUtil.fromJsonString(text);
        into.setField(into.getDescriptorForType().findFieldByNumber(1), mask.getPathsList());
    }

    private static FieldMask paths(MessageOrBuilder message) {
        FieldMask.Builder mask = FieldMask.newBuilder();
        List<?> paths =
                (List<?>) message.getField(message.getDescriptorForType().findFieldByNumber(1));
        paths.forEach(path -> mask.addPaths((String) path));
        return mask.build();
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
