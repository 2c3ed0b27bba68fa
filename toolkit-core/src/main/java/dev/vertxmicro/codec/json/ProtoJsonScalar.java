package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.vertxmicro.codec.CodecException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the values of fields that are no messages: numbers also from text, enums from name or number. */
final class ProtoJsonScalar {
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private ProtoJsonScalar() {}

    /** Reads the value that the parser stands at. */
    static Object read(FieldDescriptor field, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new CodecException("json: unexpected EOF", null);
        }
        boolean text = token == JsonToken.VALUE_STRING;
        boolean fits =
                switch (field.getType()) {
                    case BOOL -> token.isBoolean();
                    case STRING, BYTES -> text;
                    case ENUM -> text || token.isNumeric() || (token == JsonToken.VALUE_NULL && isNull(field));
                    default -> text || token.isNumeric();
                };
        if (!fits) {
            throw wrong(field, token.toString().toLowerCase(Locale.ROOT));
        }
        if (field.getType() == FieldDescriptor.Type.ENUM) {
            return text ? named(field, json.getText()) : numbered(field, token, json.getText());
        }
        return text ? key(field, json.getText()) : parse(field, json.getText());
    }

    /** Tells whether a field is of the enum whose one constant is written as null. */
    static boolean isNull(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.ENUM
                && field.getEnumType().getFullName().equals("google.protobuf.NullValue");
    }

    /** Reads a value from text in quotes, as the keys of maps have it: a number is then written as JSON has it. */
    static Object key(FieldDescriptor field, String text) {
        boolean number =
                switch (field.getJavaType()) {
                    case INT, LONG -> true;
                    case FLOAT, DOUBLE -> !NO_NUMBERS.contains(text);
                    default -> false;
                };
        if (number && !NUMBER.matcher(text).matches()) {
            throw wrong(field, text);
        }
        return parse(field, text);
    }

    private static Object parse(FieldDescriptor field, String text) {
        try {
            return switch (field.getType()) {
                case INT32, SINT32, SFIXED32 -> Math.toIntExact(integer(text));
                case UINT32, FIXED32 -> unsigned(text);
                case INT64, SINT64, SFIXED64 -> integer(text);
                case UINT64, FIXED64 -> unsignedLong(text);
                case FLOAT -> single(floating(text));
                case DOUBLE -> floating(text);
                case BOOL -> bool(text);
                case STRING -> unicode(field, text);
                case BYTES -> bytes(text);
                case ENUM, MESSAGE, GROUP -> throw wrong(field, text);
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(field, text);
        }
    }

    private static long integer(String text) {
        if (text.length() < 19 && text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return Long.parseLong(text);
        }
        return new BigDecimal(text).longValueExact();
    }

    private static int unsigned(String text) {
        long value = integer(text);
        if (value < 0 || value > MAX_UNSIGNED_INT) {
            throw new ArithmeticException("range");
        }
        return (int) value;
    }

    private static long unsignedLong(String text) {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() < 0 || value.precision() - (long) value.scale() > 20) {
            throw new ArithmeticException("range");
        }
        BigInteger exact = value.toBigIntegerExact();
        if (exact.compareTo(MAX_UNSIGNED) > 0) {
            throw new ArithmeticException("range");
        }
        return exact.longValue();
    }

    private static float single(double value) {
        float single = (float) value;
        if (Float.isInfinite(single) && !Double.isInfinite(value)) {
            throw new ArithmeticException("range");
        }
        return single;
    }

    /** Java takes a hexadecimal or suffixed number too, which JSON has not. */
    private static double floating(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> finite(new BigDecimal(text).doubleValue());
        };
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("range");
        }
        return value;
    }

    /** UTF-8 has no half of a pair, and what it wrote in its place would be another text. */
    private static String unicode(FieldDescriptor field, String text) {
        int i = 0;
        while (i < text.length()) {
            int c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                c = text.codePointAt(i);
                if (c <= Character.MAX_SURROGATE) {
                    throw wrong(field, "\\u" + Integer.toHexString(c) + " alone");
                }
                i++;
            }
            i++;
        }
        return text;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Standard and URL alphabets, padded or not. */
    private static ByteString bytes(String text) {
        return ByteString.copyFrom(
                Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    }

    private static EnumValueDescriptor named(FieldDescriptor field, String name) {
        EnumValueDescriptor value = field.getEnumType().findValueByName(name);
        if (value != null) {
            return value;
        }
        throw wrong(field, name);
    }

    private static EnumValueDescriptor numbered(FieldDescriptor field, JsonToken token, String text) {
        int number;
        try {
            number = token == JsonToken.VALUE_NULL ? 0 : Math.toIntExact(integer(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(field, text);
        }
        EnumDescriptor type = field.getEnumType();
        EnumValueDescriptor value =
                type.isClosed() ? type.findValueByNumber(number) : type.findValueByNumberCreatingIfUnknown(number);
        if (value == null) {
            throw wrong(field, Integer.toString(number));
        }
        return value;
    }

    /** Cuts a text that an error is to show. */
    static String shown(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "…" : text;
    }

    private static CodecException wrong(FieldDescriptor field, String found) {
        String expected = field.getType() == FieldDescriptor.Type.ENUM
                ? field.getEnumType().getFullName()
                : field.getType().name().toLowerCase(Locale.ROOT);
        return new CodecException(
                "json: " + field.getFullName() + ": " + shown(found) + " (expected: " + expected + ")", null);
    }
}
