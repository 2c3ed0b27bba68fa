package dev.vertxmicro.codec.json;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.WrappersProto;
import dev.vertxmicro.codec.CodecException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type of what an {@code Any} holds: among those of the file of the whole message and of all that it imports, those
 * that were given, and protobuf's well-known ones. What a file of a generated message has is looked through once a class.
 */
final class AnyTypes {
    private static final ClassValue<TypeRegistry> AROUND = new ClassValue<>() {
        @Override
        protected TypeRegistry computeValue(Class<?> type) {
            try {
                return registry((Descriptor) type.getMethod("getDescriptor").invoke(null));
            } catch (ReflectiveOperationException e) {
                return TypeRegistry.getEmptyTypeRegistry();
            }
        }
    };

    private final TypeRegistry given;

    AnyTypes(Set<Descriptor> given) {
        this.given = TypeRegistry.newBuilder().add(given).build();
    }

    /** Loaded on first use: most services have no {@code Any}. */
    private static final class WellKnown {
        static final TypeRegistry TYPES = types();

        private static TypeRegistry types() {
            TypeRegistry.Builder types = TypeRegistry.newBuilder();
            for (FileDescriptor file : List.of(
                    AnyProto.getDescriptor(),
                    ApiProto.getDescriptor(), // with those of types and sources
                    com.google.protobuf.DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    WrappersProto.getDescriptor())) {
                types.add(file.getMessageTypes());
            }
            return types.build();
        }
    }

    /**
     * @param url  of the type, {@code type.googleapis.com/package.Type}
     * @param root the whole message, or its builder
     * @return the type
     * @throws CodecException if it is no such URL, or the type is not known
     */
    Descriptor find(String url, MessageOrBuilder root) {
        Descriptor type = url.indexOf('/') <= 0 ? null : type(url, root);
        if (type == null) {
            throw new CodecException(
                    "json: google.protobuf.Any: \"" + ProtoJsonScalar.shown(url)
                            + "\" (expected: type.googleapis.com/ and a type of "
                            + root.getDescriptorForType().getFile().getName()
                            + ", of its imports, or one that the codec was given)",
                    null);
        }
        return type;
    }

    private @Nullable Descriptor type(String url, MessageOrBuilder root) {
        try {
            Descriptor near = around(root).getDescriptorForTypeUrl(url);
            Descriptor known = near != null ? near : given.getDescriptorForTypeUrl(url);
            return known != null ? known : WellKnown.TYPES.getDescriptorForTypeUrl(url);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private static TypeRegistry around(MessageOrBuilder root) {
        boolean dynamic = root instanceof DynamicMessage || root instanceof DynamicMessage.Builder;
        return dynamic ? registry(root.getDescriptorForType()) : AROUND.get(root.getClass());
    }

    private static TypeRegistry registry(Descriptor type) {
        return TypeRegistry.newBuilder().add(type).build();
    }
}
