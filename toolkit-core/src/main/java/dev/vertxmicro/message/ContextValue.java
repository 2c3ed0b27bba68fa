package dev.vertxmicro.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the values that a context carries, and the way to the others. */
record ContextValue(ContextKey<?> key, Object value, @Nullable ContextValue others) {

    @SuppressWarnings("unchecked") // it was put there with its key
    static <T> Optional<T> find(@Nullable ContextValue first, ContextKey<T> key) {
        for (ContextValue each = first; each != null; each = each.others()) {
            if (each.key() == key) {
                return Optional.of((T) each.value());
            }
        }
        return Optional.empty();
    }
}
