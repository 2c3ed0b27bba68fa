package dev.vertxmicro.codec.payload;

import com.google.protobuf.MessageLite;
import java.util.Optional;

/** Finds the default instance of a generated protobuf class, once a class. */
final class ProtobufTypes {
    private static final ClassValue<Optional<MessageLite>> PROTOTYPES = new ClassValue<>() {
        @Override
        protected Optional<MessageLite> computeValue(Class<?> type) {
            if (!MessageLite.class.isAssignableFrom(type)) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        (MessageLite) type.getMethod("getDefaultInstance").invoke(null));
            } catch (ReflectiveOperationException e) {
                return Optional.empty();
            }
        }
    };

    private ProtobufTypes() {}

    static Optional<MessageLite> prototype(Class<?> type) {
        return PROTOTYPES.get(type);
    }
}
