package dev.vertxmicro.codec.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.vertxmicro.codec.CodecException;
import org.jspecify.annotations.Nullable;

/** Finds what a name in JSON means in a message: a proto name, a camel-case name, or the name of a Go struct's field. */
final class ProtoNames {
    private ProtoNames() {}

    /** Finds a field by its proto name or its JSON name. */
    @Nullable
    static FieldDescriptor field(Descriptor type, String name) {
        FieldDescriptor exact = type.findFieldByName(name);
        if (exact != null) {
            return exact;
        }
        for (FieldDescriptor field : type.getFields()) {
            if (field.getJsonName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /**
     * Finds a one-of by the name that Go gives its field.
     *
     * @throws CodecException if there is none: the name is unknown, then
     */
    static OneofDescriptor oneof(Descriptor type, String name) {
        for (OneofDescriptor oneof : type.getRealOneofs()) {
            if (sameInGo(oneof.getName(), name)) {
                return oneof;
            }
        }
        throw new CodecException("json: unknown field \"" + name + "\" in " + type.getFullName(), null);
    }

    /**
     * Finds a member of a one-of by the name that Go gives its field.
     *
     * @throws CodecException if there is none
     */
    static FieldDescriptor member(OneofDescriptor oneof, String name) {
        for (FieldDescriptor field : oneof.getFields()) {
            if (sameInGo(field.getName(), name)) {
                return field;
            }
        }
        throw new CodecException("json: unknown field \"" + name + "\" in one-of " + oneof.getFullName(), null);
    }

    /** Go makes {@code FileName} of {@code file_name}; names that differ in case or underscores only do not occur there. */
    private static boolean sameInGo(String proto, String go) {
        return proto.replace("_", "").equalsIgnoreCase(go.replace("_", ""));
    }
}
