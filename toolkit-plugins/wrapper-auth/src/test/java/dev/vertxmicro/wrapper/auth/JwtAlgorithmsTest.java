package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.GuardedServer.Outcome.OK;
import static dev.vertxmicro.wrapper.auth.GuardedServer.bearer;
import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.auth.token.VerificationKey;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each algorithm that a key may be for, and no other with it. */
class JwtAlgorithmsTest extends JwtFixture {
    private static final KeyPair EC384 = Tokens.pair("EC", 384);
    private static final KeyPair EC521 = Tokens.pair("EC", 521);
    private static final String SECRET = "a secret of sixty-four bytes and then some, enough for all of them";

    static Stream<String> asymmetric() {
        return VerificationKey.ALGORITHMS.stream()
                .filter(algorithm -> !algorithm.startsWith("HS"))
                .sorted();
    }

    static Stream<String> symmetric() {
        return VerificationKey.ALGORITHMS.stream()
                .filter(algorithm -> algorithm.startsWith("HS"))
                .sorted();
    }

    private static KeyPair pair(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> Tokens.EC;
            case "ES384" -> EC384;
            case "ES512" -> EC521;
            case "EdDSA" -> Tokens.ED;
            default -> Tokens.RSA;
        };
    }

    private String token(String algorithm) {
        return signed(header(algorithm, "k"), claims(), pair(algorithm).getPrivate());
    }

    private void acceptsItsOwnAlgorithmOnly(String algorithm, GuardedServer server) {
        for (GuardedServer.Way way : GuardedServer.Way.values()) {
            assertThat(server.enter(way, bearer(token(algorithm)))).isEqualTo(OK);
        }
        Set<String> others = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256");
        for (String other : others) {
            if (!other.equals(algorithm)) {
                assertThat(server.call("Greeter.Hello", bearer(token(other))).code())
                        .as(other)
                        .isEqualTo(401);
                String posing = signed(header(other, "k"), claims(), pair(other).getPrivate())
                        .replaceFirst("[^.]+", Tokens.encoded(header(algorithm, "k")));
                assertThat(server.call("Greeter.Hello", bearer(posing)).code())
                        .as(other + " that says " + algorithm)
                        .isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("asymmetric")
    void ofAFile(String algorithm) {
        String file = file(algorithm + ".pem", pair(algorithm).getPublic());
        acceptsItsOwnAlgorithmOnly(
                algorithm, server(options().withKeys(List.of(new JwtKeyOptions("k", algorithm, Secret.NONE, file)))));
    }

    @ParameterizedTest
    @MethodSource("asymmetric")
    void ofAUrl(String algorithm) {
        FakeIssuer issuer = new FakeIssuer(vertx);
        JsonObject jwk = Tokens.jwk("k", pair(algorithm).getPublic());
        issuer.publishes(jwk.put("alg", algorithm));
        Wrapper wrapper = JwtProvider.wrapper(
                vertx,
                options().withKeys(List.of()).withJwks(JwksOptions.DEFAULTS.withUrl(issuer.url())),
                "greeter",
                timers,
                clock);
        acceptsItsOwnAlgorithmOnly(algorithm, new GuardedServer(timers, wrapper));
        wrapper.close();
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void ofASecret(String algorithm) {
        GuardedServer server =
                server(options().withKeys(List.of(new JwtKeyOptions("k", algorithm, Secret.of(SECRET), ""))));
        symmetric().forEach(other -> {
            String token = signed(header(other, "k"), claims(), Tokens.hmac(SECRET));
            assertThat(server.call("Greeter.Hello", bearer(token)).code())
                    .as(other)
                    .isEqualTo(other.equals(algorithm) ? 0 : 401);
        });
    }
}
