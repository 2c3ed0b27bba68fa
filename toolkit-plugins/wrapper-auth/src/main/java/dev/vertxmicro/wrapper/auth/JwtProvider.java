package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.auth.credential.Credential;
import dev.vertxmicro.wrapper.auth.credential.CredentialInterceptor;
import dev.vertxmicro.wrapper.auth.proof.AuthWrapper;
import dev.vertxmicro.wrapper.auth.proof.FromFiles;
import dev.vertxmicro.wrapper.auth.proof.Refusals;
import dev.vertxmicro.wrapper.auth.token.JwksKeys;
import dev.vertxmicro.wrapper.auth.token.JwtProof;
import dev.vertxmicro.wrapper.auth.token.KeySource;
import dev.vertxmicro.wrapper.auth.token.VerificationKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Provides {@code "type": "jwt"}: callers prove who they are by a JSON Web Token. */
public final class JwtProvider implements WrapperProvider {
    /** The type. */
    static final String TYPE = "jwt";

    /** For the service loader. */
    public JwtProvider() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        JwtOptions options = read(section);
        return vertx -> wrapper(vertx, options, who.name());
    }

    static JwtOptions read(Section section) {
        List<JwtKeyOptions> keys =
                section.sections("keys").stream().map(JwtKeyOptions::read).toList();
        JwksOptions jwks = JwksOptions.read(section.section("jwks"));
        ClaimOptions claims = ClaimOptions.read(section);
        AdmissionOptions admission = AdmissionOptions.read(section);
        TokenSourceOptions client = TokenSourceOptions.read(section.section("client"));
        return section.build(() -> new JwtOptions(
                keys,
                jwks,
                claims,
                admission,
                section.integer("maxBytes", JwtOptions.DEFAULTS.maxBytes()),
                section.integer("cacheSize", JwtOptions.DEFAULTS.cacheSize()),
                client));
    }

    /**
     * Makes the wrapper.
     *
     * @param vertx   what reads and asks
     * @param options its settings
     * @param service name of the service, the id of its errors and the audience of its tokens
     * @return the wrapper
     * @throws IllegalArgumentException for a key that is none
     */
    public static Wrapper wrapper(Vertx vertx, JwtOptions options, String service) {
        return wrapper(vertx, options, service, VertxTimers.of(vertx), Clock.systemUTC());
    }

    static Wrapper wrapper(Vertx vertx, JwtOptions options, String service, Timers timers, Clock clock) {
        Refusals refusals = new Refusals(service, timers);
        KeySource keys = keys(vertx, options, timers);
        JwtProof proof = new JwtProof(keys, options.claims().rules(service), options.maxBytes(), clock, refusals);
        ServerInterceptor server = options.admission().around(proof, refusals);
        Optional<Credential> credential = options.client().credential(vertx, timers);
        Optional<ClientInterceptor> client = credential.map(shown -> new CredentialInterceptor(
                Headers.AUTHORIZATION,
                shown,
                options.client().services(),
                options.client().topics()));
        return new AuthWrapper(client, Optional.of(server), () -> keys.close()
                .eventually(() -> credential.map(Credential::close).orElseGet(Future::succeededFuture)));
    }

    private static KeySource keys(Vertx vertx, JwtOptions options, Timers timers) {
        List<String> files = options.keys().stream()
                .map(JwtKeyOptions::file)
                .filter(file -> !file.isEmpty())
                .toList();
        Supplier<List<VerificationKey>> own =
                () -> options.keys().stream().map(key -> key.key(vertx)).toList();
        JwksOptions jwks = options.jwks();
        return jwks.url().isEmpty()
                ? KeySource.of(vertx, timers, files, own, options.cacheSize())
                : new JwksKeys(
                        vertx,
                        timers,
                        jwks.fetch(vertx, timers),
                        jwks.settings(),
                        new FromFiles<>(vertx, timers, files, own),
                        options.cacheSize());
    }
}
