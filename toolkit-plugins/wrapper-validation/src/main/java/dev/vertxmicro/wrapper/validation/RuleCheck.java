package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks messages by all validators, and words what is wrong. Used concurrently. */
final class RuleCheck {
    private static final int MOST_CHARACTERS = 2000;

    private final List<MessageValidator> validators;
    private final String id;
    private final int maxBroken;
    /** Types of endpoints and topics, which are a few. */
    private final Set<Class<?>> ready = ConcurrentHashMap.newKeySet();

    RuleCheck(List<MessageValidator> validators, String id, int maxBroken) {
        this.validators = List.copyOf(validators);
        this.id = id;
        this.maxBroken = maxBroken;
    }

    /** Goes on when messages of a type can be checked without blocking: at once, but for the first time. */
    <T> Future<T> prepared(Class<?> type, Supplier<Future<T>> step) {
        if (ready.contains(type)) {
            return step.get();
        }
        Future<Void> all = Future.succeededFuture();
        for (MessageValidator validator : validators) {
            all = all.compose(done -> validator.prepare(type));
        }
        return all.compose(done -> {
            ready.add(type);
            return step.get();
        });
    }

    /** Gives what a message is refused with, null for a good one. */
    @Nullable
    MicroException refusal(Object message) {
        return refusal(message, true);
    }

    /** Gives what is told in place of an answer that must not be sent, null for a good one. */
    @Nullable
    MicroException ofAnswer(Object message) {
        return refusal(message, false);
    }

    private @Nullable MicroException refusal(Object message, boolean asked) {
        for (MessageValidator validator : validators) {
            List<BrokenRule> broken = validator.check(message);
            if (!broken.isEmpty()) {
                MicroException error = asked
                        ? MicroException.badRequest(id, detail(broken))
                        : MicroException.internal(id, "answer is not valid: " + detail(broken));
                return error.withoutStackTrace();
            }
        }
        return null;
    }

    private String detail(List<BrokenRule> broken) {
        String all = broken.stream().limit(maxBroken).map(BrokenRule::toString).collect(Collectors.joining("; "));
        String cut = all.length() > MOST_CHARACTERS ? all.substring(0, MOST_CHARACTERS) + "..." : all;
        int others = broken.size() - maxBroken;
        return others > 0 ? cut + "; and " + others + " more" : cut;
    }
}
