package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.wrapper.auth.proof.Reason;
import dev.vertxmicro.wrapper.auth.proof.VerifiedCache;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a time, and who was verified with them: what was is forgotten with the keys.
 *
 * @param keys  the keys
 * @param cache who has shown which header
 */
record KeyRing(List<VerificationKey> keys, VerifiedCache<String> cache) {
    /** A token that does not name its key is tried with so many. */
    private static final int MOST_TRIES = 8;

    /** Copies the list. */
    KeyRing {
        keys = List.copyOf(keys);
    }

    static KeyRing of(List<VerificationKey> keys, int cacheSize) {
        return new KeyRing(keys, new VerifiedCache<>(cacheSize));
    }

    /** Tells whether the key that a token names is here. */
    boolean knows(TokenHeader header) {
        return header.key().isPresent()
                && keys.stream().anyMatch(key -> key.id().equals(header.key().get()));
    }

    /** Says why a token was signed with none of these, if it was not. */
    Optional<Reason> refusal(TokenHeader header, String token) {
        boolean known = knows(header);
        List<VerificationKey> named = keys.stream()
                .filter(key -> known ? key.id().equals(header.key().orElse("")) : key.mayBe(header))
                .toList();
        List<VerificationKey> able = named.stream()
                .filter(key -> key.isFor(header))
                .limit(MOST_TRIES)
                .toList();
        if (able.stream().anyMatch(key -> key.hasSigned(token))) {
            return Optional.empty();
        }
        return Optional.of(named.isEmpty() ? Reason.UNKNOWN_KEY : able.isEmpty() ? Reason.ALGORITHM : Reason.SIGNATURE);
    }
}
