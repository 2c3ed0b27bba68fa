package dev.vertxmicro.message;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, once that is proved. Put into the context of a call by what has checked it, for handlers and authorization to read; it
 * stays in this process.
 *
 * @param name   who, such as the subject of a token
 * @param scheme how it was proved: {@code jwt}, {@code api-key}, {@code mtls}
 * @param scopes what the caller may do, in the words of whoever issued the proof
 * @param roles  what the caller is
 * @param claims all else that was proved; not to be changed
 */
public record Principal(String name, String scheme, Set<String> scopes, Set<String> roles, JsonObject claims) {
    private static final ContextKey<Principal> KEY = ContextKey.named("principal");

    /** Copies the sets. */
    public Principal {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /**
     * Reads who calls.
     *
     * @param context of a call that is handled
     * @return who, or empty if nobody has proved it
     */
    public static Optional<Principal> of(CallContext context) {
        return context.value(KEY);
    }

    /**
     * Says who calls.
     *
     * @param context of a call that is handled
     * @return a copy that says so
     */
    public CallContext in(CallContext context) {
        return context.withValue(KEY, this);
    }

    /** Shows nothing but who it is, and how that is known. */
    @Override
    public String toString() {
        return scheme + ":" + name;
    }
}
