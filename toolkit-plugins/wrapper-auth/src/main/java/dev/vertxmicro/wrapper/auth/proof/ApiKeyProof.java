package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** Knows callers by API keys. Each key is compared with each call, so that the time tells nothing. */
public final class ApiKeyProof implements Proof {
    /** Longer ones are not looked at. */
    static final int LONGEST = 512;

    private final FromFiles<List<StoredKey>> keys;
    private final Refusals refusals;

    /**
     * Makes one.
     *
     * @param keys     gives those that are good
     * @param refusals what others are told
     */
    public ApiKeyProof(FromFiles<List<StoredKey>> keys, Refusals refusals) {
        this.keys = keys;
        this.refusals = refusals;
    }

    @Override
    public Optional<Principal> known(CallContext context) {
        String shown = context.metadata().value(Headers.API_KEY, "");
        return shown.isEmpty() || shown.length() > LONGEST ? Optional.empty() : find(shown, keys.current());
    }

    private static Optional<Principal> find(String shown, List<StoredKey> keys) {
        byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        byte[] digest = {};
        String algorithm = "";
        Optional<Principal> found = Optional.empty();
        for (StoredKey key : keys) {
            if (!key.algorithm().equals(algorithm)) {
                algorithm = key.algorithm();
                digest = digest(algorithm, bytes);
            }
            if (key.isOf(digest)) {
                found = Optional.of(key.principal()); // and on, to the last
            }
        }
        return found;
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public Future<Optional<Principal>> prove(String what, CallContext context) {
        String shown = context.metadata().value(Headers.API_KEY, "");
        if (shown.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        if (shown.length() > LONGEST) {
            return refusals.refuse(Reason.TOO_LARGE, what, context);
        }
        return keys.renewed().compose(all -> {
            Optional<Principal> added = find(shown, all);
            return added.isPresent()
                    ? Future.succeededFuture(added)
                    : refusals.refuse(Reason.UNKNOWN_KEY, what, context);
        });
    }
}
