package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code google.protobuf} types that have a shape of their own in protobuf's JSON mapping, such as a time in text. jsonpb
 * on a Go peer wants those shapes; {@code encoding/json} there knows structs only, and that is also what any Go peer writes.
 */
enum WellKnownType {
    /** A value in place of the message that holds it. */
    WRAPPER,
    /** RFC 3339 in UTC. */
    TIMESTAMP,
    /** Seconds with an {@code s} behind. */
    DURATION,
    /** Paths in camel case, apart by commas. */
    FIELD_MASK,
    /** Any object. */
    STRUCT,
    /** Any value. */
    VALUE,
    /** Any array. */
    LIST,
    /** The fields of a message of any type, and {@code @type}. */
    ANY;

    private static final Map<String, WellKnownType> BY_NAME = byName();

    private static Map<String, WellKnownType> byName() {
        Map<String, WellKnownType> types = new HashMap<>();
        for (String wrapped :
                new String[] {"Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String"}) {
            types.put("google.protobuf." + wrapped + "Value", WRAPPER);
        }
        types.put("google.protobuf.BytesValue", WRAPPER);
        types.put("google.protobuf.Timestamp", TIMESTAMP);
        types.put("google.protobuf.Duration", DURATION);
        types.put("google.protobuf.FieldMask", FIELD_MASK);
        types.put("google.protobuf.Struct", STRUCT);
        types.put("google.protobuf.Value", VALUE);
        types.put("google.protobuf.ListValue", LIST);
        types.put("google.protobuf.Any", ANY);
        return Map.copyOf(types);
    }

    /** Finds the shape of a type; null if it is that of any message. */
    @Nullable
    static WellKnownType of(Descriptor type) {
        return BY_NAME.get(type.getFullName());
    }

    /** Tells whether what begins so is the shape, and not the struct of the type's fields. */
    boolean begins(@Nullable JsonToken token) {
        return switch (this) {
            case STRUCT, VALUE, ANY -> true;
            default -> token != JsonToken.START_OBJECT;
        };
    }
}
