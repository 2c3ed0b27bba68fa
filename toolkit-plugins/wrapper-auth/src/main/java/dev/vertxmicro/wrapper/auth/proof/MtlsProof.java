package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Principal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Knows callers by the certificate of their connection, which the handshake has found good. */
public final class MtlsProof implements Proof {
    private static final int CACHED = 10_000;
    private static final int WEIGHT = 100;

    private final List<CertificateNames> kinds;
    private final Function<String, Granted> granted;
    private final Clock clock;
    private final Refusals refusals;
    private final VerifiedCache<X509Certificate> cache = new VerifiedCache<>(CACHED);

    /**
     * What a name may do.
     *
     * @param scopes its scopes
     * @param roles  its roles
     */
    public record Granted(List<String> scopes, List<String> roles) {}

    /**
     * Makes one.
     *
     * @param kinds    which name counts, the first that there is
     * @param granted  what a name may do
     * @param clock    the wall clock
     * @param refusals what others are told
     */
    public MtlsProof(List<CertificateNames> kinds, Function<String, Granted> granted, Clock clock, Refusals refusals) {
        this.kinds = List.copyOf(kinds);
        this.granted = granted;
        this.clock = clock;
        this.refusals = refusals;
    }

    @Override
    public Optional<Principal> known(CallContext context) {
        Optional<X509Certificate> shown = context.peer().certificate();
        return shown.isPresent() ? cache.get(shown.get(), clock.millis()) : Optional.empty();
    }

    @Override
    public Future<Optional<Principal>> prove(String what, CallContext context) {
        Optional<X509Certificate> shown = context.peer().certificate();
        if (shown.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        X509Certificate certificate = shown.get();
        long now = clock.millis();
        if (now < certificate.getNotBefore().toInstant().toEpochMilli()) {
            return refusals.refuse(Reason.NOT_YET, what, context);
        }
        if (now >= certificate.getNotAfter().toInstant().toEpochMilli()) {
            return refusals.refuse(Reason.EXPIRED, what, context);
        }
        Optional<Principal> principal = kinds.stream()
                .flatMap(kind -> kind.of(certificate).stream())
                .filter(name -> !name.isBlank())
                .findFirst()
                .map(name -> principal(name, certificate));
        if (principal.isEmpty()) {
            return refusals.refuse(Reason.CLAIM, what, context);
        }
        cache.put(
                certificate,
                principal.get(),
                certificate.getNotAfter().toInstant().toEpochMilli(),
                WEIGHT);
        return Future.succeededFuture(principal);
    }

    private Principal principal(String name, X509Certificate certificate) {
        Granted rights = granted.apply(name);
        JsonObject claims = new JsonObject()
                .put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName())
                .put("serial", certificate.getSerialNumber().toString(16));
        return new Principal(name, "mtls", Set.copyOf(rights.scopes()), Set.copyOf(rights.roles()), claims);
    }
}
