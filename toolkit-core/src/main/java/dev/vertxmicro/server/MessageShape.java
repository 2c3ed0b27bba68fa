package dev.vertxmicro.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.vertxmicro.registry.Value;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Describes a message class for the registry as go-micro's {@code server/extractor.go} describes a Go type: names of fields,
 * Go type names, three levels deep.
 */
final class MessageShape {
    private static final int MAX_DEPTH = 3;

    private MessageShape() {}

    static Optional<Value> of(Class<?> type) {
        try {
            Descriptor descriptor = (Descriptor) type.getMethod("getDescriptor").invoke(null);
            return Optional.of(message(descriptor.getName(), descriptor, 1));
        } catch (ReflectiveOperationException notProtobuf) {
            return Optional.of(plain(type.getSimpleName(), type, 1));
        }
    }

    private static Value message(String name, Descriptor descriptor, int depth) {
        List<Value> fields = depth >= MAX_DEPTH
                ? List.of()
                : descriptor.getFields().stream()
                        .map(field -> field(field, depth))
                        .toList();
        return new Value(name, descriptor.getName(), fields);
    }

    private static Value field(FieldDescriptor field, int depth) {
        if (field.isMapField()) {
            return new Value(field.getName(), "", List.of());
        }
        if (field.isRepeated()) {
            return new Value(field.getName(), "[]" + goType(field), List.of());
        }
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? message(field.getName(), field.getMessageType(), depth + 1)
                : new Value(field.getName(), goType(field), List.of());
    }

    private static String goType(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE -> "float64";
            case FLOAT -> "float32";
            case INT64, SINT64, SFIXED64 -> "int64";
            case UINT64, FIXED64 -> "uint64";
            case INT32, SINT32, SFIXED32 -> "int32";
            case UINT32, FIXED32 -> "uint32";
            case BOOL -> "bool";
            case STRING -> "string";
            case BYTES -> "[]uint8";
            case ENUM -> field.getEnumType().getName();
            case MESSAGE, GROUP -> field.getMessageType().getName();
        };
    }

    private static Value plain(String name, Class<?> type, int depth) {
        String goType = goType(type);
        if (!goType.equals(type.getSimpleName()) || depth >= MAX_DEPTH) {
            return new Value(name, goType, List.of());
        }
        List<Value> fields = Stream.of(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .map(field -> plain(field.getName(), fieldType(field), depth + 1))
                .toList();
        return new Value(name, goType, fields);
    }

    private static Class<?> fieldType(Field field) {
        return field.getType();
    }

    private static String goType(Class<?> type) {
        if (type == String.class) {
            return "string";
        } else if (type == int.class || type == Integer.class) {
            return "int32";
        } else if (type == long.class || type == Long.class) {
            return "int64";
        } else if (type == double.class || type == Double.class) {
            return "float64";
        } else if (type == float.class || type == Float.class) {
            return "float32";
        } else if (type == boolean.class || type == Boolean.class) {
            return "bool";
        } else if (type.isArray()) {
            return "[]" + goType(type.getComponentType());
        } else if (type.getName().startsWith("java.") || type.getName().startsWith("io.vertx.")) {
            return "";
        }
        return type.getSimpleName();
    }
}
