package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.wrapper.auth.proof.Proof;
import dev.vertxmicro.wrapper.auth.proof.Reason;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/** Knows callers by a JSON Web Token, {@code Authorization: Bearer …} (RFC 6750). */
public final class JwtProof implements Proof {
    private static final String SCHEME = "Bearer ";

    private final KeySource keys;
    private final TokenRules rules;
    private final int longest;
    private final Clock clock;
    private final Refusals refusals;

    /**
     * Makes one.
     *
     * @param keys     with which tokens are signed
     * @param rules    what has to be so in them
     * @param longest  longer ones are not looked at
     * @param clock    the wall clock
     * @param refusals what others are told
     */
    public JwtProof(KeySource keys, TokenRules rules, int longest, Clock clock, Refusals refusals) {
        this.keys = keys;
        this.rules = rules;
        this.longest = longest;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public Optional<Principal> known(CallContext context) {
        String header = context.metadata().value(Headers.AUTHORIZATION, "");
        if (header.isEmpty() || tooLong(header)) {
            return Optional.empty();
        }
        Optional<KeyRing> ring = keys.current();
        return ring.isPresent() ? ring.get().cache().get(header, clock.millis()) : Optional.empty();
    }

    private boolean tooLong(String header) {
        return header.length() > longest + SCHEME.length();
    }

    @Override
    public Future<Optional<Principal>> prove(String what, CallContext context) {
        String header = context.metadata().value(Headers.AUTHORIZATION, "");
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Future.succeededFuture(Optional.empty());
        }
        if (tooLong(header)) {
            return refusals.refuse(Reason.TOO_LARGE, what, context);
        }
        String token = header.substring(SCHEME.length()).strip();
        Optional<TokenHeader> said = TokenHeader.parse(token);
        if (said.isEmpty()) {
            boolean unsigned = TokenHeader.unsigned(token) && token.indexOf('.') > 0;
            return refusals.refuse(unsigned ? Reason.UNSIGNED : Reason.MALFORMED, what, context);
        }
        if (!VerificationKey.ALGORITHMS.contains(said.get().algorithm())) {
            return refusals.refuse(Reason.UNSIGNED, what, context);
        }
        Shown shown = new Shown(header, token, said.get(), what, context);
        Optional<KeyRing> ring = keys.current();
        return ring.isPresent() ? first(ring.get(), shown) : renewed(shown);
    }

    /** What a caller shows; no record, which would print it. */
    private static final class Shown {
        private final String header;
        private final String token;
        private final TokenHeader said;
        private final String what;
        private final CallContext context;

        Shown(String header, String token, TokenHeader said, String what, CallContext context) {
            this.header = header;
            this.token = token;
            this.said = said;
            this.what = what;
            this.context = context;
        }
    }

    private Future<Optional<Principal>> first(KeyRing ring, Shown shown) {
        Optional<Reason> reason = ring.refusal(shown.said, shown.token);
        if (reason.isEmpty()) {
            return accept(ring, shown);
        }
        return ring.knows(shown.said) ? refuse(reason.get(), shown) : renewed(shown);
    }

    /** A key that nobody knows may be a new one. */
    private Future<Optional<Principal>> renewed(Shown shown) {
        return keys.renewed()
                .recover(none -> refusals.refuse(Reason.KEYS_AWAY, shown.what, shown.context))
                .compose(ring -> {
                    Optional<Reason> reason = ring.refusal(shown.said, shown.token);
                    if (reason.isEmpty()) {
                        return accept(ring, shown);
                    }
                    return refuse(keys.away() && !ring.knows(shown.said) ? Reason.KEYS_AWAY : reason.get(), shown);
                });
    }

    private Future<Optional<Principal>> refuse(Reason reason, Shown shown) {
        return refusals.refuse(reason, shown.what, shown.context);
    }

    private Future<Optional<Principal>> accept(KeyRing ring, Shown shown) {
        Optional<Reason> reason;
        try {
            JsonObject claims = TokenHeader.claims(shown.token);
            reason = rules.refusal(claims, clock.millis() / 1000);
            if (reason.isEmpty()) {
                Principal principal = rules.principal(claims);
                ring.cache().put(shown.header, principal, rules.until(claims), shown.header.length());
                return Future.succeededFuture(Optional.of(principal));
            }
        } catch (RuntimeException malformed) {
            reason = Optional.of(Reason.MALFORMED);
        }
        return refuse(reason.get(), shown);
    }
}
