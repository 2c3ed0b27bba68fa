package dev.vertxmicro.wrapper.validation;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The rules that stand in a .proto as options of {@code buf/validate/validate.proto}, by protovalidate. They are compiled for each type
 * of message on a worker thread, before the first message of that type.
 */
public final class ProtoRules implements MessageValidator {
    private final Vertx vertx;
    private final Validator validator = ValidatorFactory.newBuilder().build();

    private ProtoRules(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Makes them.
     *
     * @param vertx whose worker threads compile the rules
     * @return the rules
     */
    public static ProtoRules create(Vertx vertx) {
        return new ProtoRules(vertx);
    }

    @Override
    public Future<Void> prepare(Class<?> type) {
        if (!Message.class.isAssignableFrom(type) || type.isInterface()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                        () -> validator.validate(Internal.getDefaultInstance(type.asSubclass(Message.class))), false)
                .mapEmpty();
    }

    @Override
    public List<BrokenRule> check(Object message) {
        if (!(message instanceof Message protobuf)) {
            return List.of();
        }
        try {
            ValidationResult result = validator.validate(protobuf);
            return result.isSuccess()
                    ? List.of()
                    : result.getViolations().stream()
                            .map(each -> broken(each.toProto()))
                            .toList();
        } catch (ValidationException unusable) {
            throw new IllegalStateException(
                    "rules of " + protobuf.getDescriptorForType().getFullName() + " cannot be used", unusable);
        }
    }

    private static BrokenRule broken(Violation violation) {
        StringBuilder path = new StringBuilder();
        for (FieldPathElement element : violation.getField().getElementsList()) {
            path.append(path.isEmpty() ? "" : ".")
                    .append(element.getFieldName())
                    .append(subscript(element));
        }
        return new BrokenRule(path.toString(), violation.getRuleId(), violation.getMessage());
    }

    /** A text that is a key is the caller's, and may be long. */
    private static String subscript(FieldPathElement element) {
        return switch (element.getSubscriptCase()) {
            case INDEX -> "[" + element.getIndex() + "]";
            case BOOL_KEY -> "[" + element.getBoolKey() + "]";
            case INT_KEY -> "[" + element.getIntKey() + "]";
            case UINT_KEY -> "[" + Long.toUnsignedString(element.getUintKey()) + "]";
            case STRING_KEY -> "[\"" + shortened(element.getStringKey()) + "\"]";
            default -> "";
        };
    }

    private static String shortened(String key) {
        return key.length() > 64 ? key.substring(0, 64) + "..." : key;
    }
}
