package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.auth.credential.Credential;
import dev.vertxmicro.wrapper.auth.credential.RenewedCredential;
import dev.vertxmicro.wrapper.auth.credential.TokenFile;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What a client shows, and to whom: one of token, file and grant. It is never sent to anybody else.
 *
 * @param token        the token
 * @param file         file with the token, which somebody renews
 * @param fileInterval how often the file is read, while there are calls; &gt; 0
 * @param grant        where tokens are given
 * @param services     which services see it, `*` for all; without any of these nobody does
 * @param topics       at which topics subscribers and the broker see it, `*` for all; without any nobody does
 */
@Value.Builder
@OptionsStyle
public record TokenSourceOptions(
        Secret token,
        String file,
        Duration fileInterval,
        GrantOptions grant,
        List<String> services,
        List<String> topics)
        implements WithTokenSourceOptions {
    private static final String BEARER = "Bearer ";

    /** Nothing, to nobody; files every 10 s. */
    public static final TokenSourceOptions DEFAULTS = new TokenSourceOptions(
            Secret.NONE, "", Duration.ofSeconds(10), GrantOptions.DEFAULTS, List.of(), List.of());

    /** Checks the values. */
    public TokenSourceOptions {
        services = List.copyOf(services);
        topics = List.copyOf(topics);
        Checks.filled("services", services);
        Checks.filled("topics", topics);
        Checks.positive("fileInterval", fileInterval);
        int sources = (token.isEmpty() ? 0 : 1)
                + (file.isEmpty() ? 0 : 1)
                + (grant.url().isEmpty() ? 0 : 1);
        Checks.check(sources <= 1, "token", "not alone", "one of token, file and grant");
        Checks.check(
                sources == 0 || !services.isEmpty() || !topics.isEmpty(),
                "services",
                services,
                "to whom the token goes, * for all; or topics");
        Checks.check(
                token.reveal().chars().allMatch(c -> c > ' ' && c < 0x7f), "token", "***", "a token without blanks");
    }

    static TokenSourceOptions read(Section section) {
        GrantOptions grant = GrantOptions.read(section.section("grant"));
        return section.build(() -> new TokenSourceOptions(
                section.secret("token"),
                section.string("file", DEFAULTS.file()),
                section.duration("fileInterval", DEFAULTS.fileInterval()),
                grant,
                section.list("services", DEFAULTS.services()),
                section.list("topics", DEFAULTS.topics())));
    }

    /** Makes what gives the token; empty where there is none. */
    Optional<Credential> credential(Vertx vertx, Timers timers) {
        if (!token.isEmpty()) {
            return Optional.of(Credential.of(BEARER + token.reveal()));
        }
        if (!file.isEmpty()) {
            TokenFile read = new TokenFile(vertx, file, fileInterval, BEARER);
            return Optional.of(new RenewedCredential(file, read::read, Future::succeededFuture, timers));
        }
        return grant.url().isEmpty() ? Optional.empty() : Optional.of(grant.credential(vertx, timers));
    }
}
