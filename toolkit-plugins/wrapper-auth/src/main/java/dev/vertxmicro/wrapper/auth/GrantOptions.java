package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.auth.credential.Credential;
import dev.vertxmicro.wrapper.auth.credential.RenewedCredential;
import dev.vertxmicro.wrapper.auth.credential.TokenGrant;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import dev.vertxmicro.wrapper.auth.token.SmallFetch;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Where a client gets tokens by its own credentials (RFC 6749, 4.4); they go as HTTP Basic.
 *
 * @param url          the token endpoint; empty for none
 * @param clientId     who asks
 * @param clientSecret his secret
 * @param scope        what is asked for, with blanks between; empty for nothing
 * @param audience     for whom, where the server wants to know; empty for nobody
 * @param renewBefore  how long before a token expires the next call has a new one asked for; &gt;= 0
 * @param timeout      for all of a request; &gt; 0
 * @param trust        PEM files with the certificates of those whose word for the server counts; empty for those whom the JDK trusts
 */
@Value.Builder
@OptionsStyle
public record GrantOptions(
        String url,
        String clientId,
        Secret clientSecret,
        String scope,
        String audience,
        Duration renewBefore,
        Duration timeout,
        List<String> trust)
        implements WithGrantOptions {
    private static final int MOST_BYTES = 64 << 10;

    /** None; 30 s before, within 5 s. */
    public static final GrantOptions DEFAULTS =
            new GrantOptions("", "", Secret.NONE, "", "", Duration.ofSeconds(30), Duration.ofSeconds(5), List.of());

    /** Checks the values. */
    public GrantOptions {
        trust = List.copyOf(trust);
        Checks.url("url", url);
        Checks.check(url.isEmpty() || !clientId.isBlank(), "clientId", "missing", "who asks at url");
        Checks.check(!renewBefore.isNegative(), "renewBefore", renewBefore, ">= 0");
        Checks.positive("timeout", timeout);
    }

    static GrantOptions read(Section section) {
        return section.build(() -> new GrantOptions(
                section.string("url", DEFAULTS.url()),
                section.string("clientId", DEFAULTS.clientId()),
                section.secret("clientSecret"),
                section.string("scope", DEFAULTS.scope()),
                section.string("audience", DEFAULTS.audience()),
                section.duration("renewBefore", DEFAULTS.renewBefore()),
                section.duration("timeout", DEFAULTS.timeout()),
                section.strings("trust")));
    }

    Credential credential(Vertx vertx, Timers timers) {
        SmallFetch fetch = new SmallFetch(vertx, timers, timeout, MOST_BYTES, trust);
        TokenGrant grant = new TokenGrant(fetch, url, clientId, clientSecret, scope, audience, renewBefore);
        return new RenewedCredential(url, grant::ask, fetch::close, timers);
    }
}
