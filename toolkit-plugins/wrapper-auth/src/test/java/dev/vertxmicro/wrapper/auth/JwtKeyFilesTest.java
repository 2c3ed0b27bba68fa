package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.GuardedServer.Outcome.OK;
import static dev.vertxmicro.wrapper.auth.GuardedServer.bearer;
import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.jwk;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.wrapper.Wrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files with keys are read again when they have changed. */
class JwtKeyFilesTest extends JwtFixture {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static JwtOptions keyOf(String file) {
        return options().withKeys(List.of(new JwtKeyOptions("", "RS256", Secret.NONE, file)));
    }

    private Metadata by(KeyPair pair) {
        return bearer(signed(header("RS256", ""), claims(), pair.getPrivate()));
    }

    private static GuardedServer.Outcome hello(GuardedServer server, Metadata shown) {
        return server.call("Greeter.Hello", shown);
    }

    @Test
    void aKeyThatIsReplacedIsTheOnlyOneThen() {
        String file = file("replaced.pem", Tokens.RSA.getPublic());
        GuardedServer server = server(keyOf(file));
        Metadata old = by(Tokens.RSA);
        Metadata fresh = by(Tokens.OTHER_RSA);
        assertThat(hello(server, old)).isEqualTo(OK);
        assertThat(hello(server, fresh).code()).isEqualTo(401);
        file("replaced.pem", Tokens.OTHER_RSA.getPublic());
        assertThat(hello(server, fresh).code()).as("once a second").isEqualTo(401);
        timers.advance(SECOND);
        for (GuardedServer.Way way : GuardedServer.Way.values()) {
            assertThat(server.enter(way, fresh)).isEqualTo(OK);
            assertThat(server.enter(way, old).code()).as("verified before").isEqualTo(401);
        }
    }

    @Test
    void aKeyThatIsReplacedUnderItsNameIsTakenAfterAWhile() {
        String file = file("named.pem", Tokens.RSA.getPublic());
        GuardedServer server = server(options().withKeys(List.of(new JwtKeyOptions("k", "RS256", Secret.NONE, file))));
        file("named.pem", Tokens.OTHER_RSA.getPublic());
        Metadata fresh = bearer(signed(header("RS256", "k"), claims(), Tokens.OTHER_RSA.getPrivate()));
        timers.advance(Duration.ofSeconds(9));
        assertThat(hello(server, fresh).code()).isEqualTo(401);
        timers.advance(SECOND);
        hello(server, fresh); // has it looked for
        Metadata unknown = bearer(signed(header("RS256", "x"), claims(), Tokens.OTHER_RSA.getPrivate()));
        assertThat(hello(server, unknown).code()).as("waits for that look").isEqualTo(401);
        assertThat(hello(server, fresh)).isEqualTo(OK);
    }

    @Test
    void theLastGoodKeyStaysWhileTheFileIsNoGood() throws IOException {
        String file = file("broken.pem", Tokens.RSA.getPublic());
        GuardedServer server = server(keyOf(file));
        file("broken.pem", "-----BEGIN");
        timers.advance(SECOND);
        assertThat(hello(server, by(Tokens.OTHER_RSA)).code()).isEqualTo(401);
        assertThat(hello(server, by(Tokens.RSA))).isEqualTo(OK);
        Files.delete(Path.of(file));
        timers.advance(SECOND);
        assertThat(hello(server, by(Tokens.OTHER_RSA)).code()).isEqualTo(401);
        assertThat(hello(server, by(Tokens.RSA))).isEqualTo(OK);
        file("broken.pem", Tokens.OTHER_RSA.getPublic());
        timers.advance(SECOND);
        assertThat(hello(server, by(Tokens.OTHER_RSA))).isEqualTo(OK);
    }

    @Test
    void filesBesideAUrlToo() {
        FakeIssuer issuer = new FakeIssuer(vertx);
        issuer.publishes(jwk("ed", Tokens.ED.getPublic()));
        String file = file("beside.pem", Tokens.RSA.getPublic());
        Wrapper wrapper = JwtProvider.wrapper(
                vertx, keyOf(file).withJwks(JwksOptions.DEFAULTS.withUrl(issuer.url())), "greeter", timers, clock);
        GuardedServer server = new GuardedServer(timers, wrapper);
        Metadata ofUrl = bearer(signed(header("EdDSA", "ed"), claims(), Tokens.ED.getPrivate()));
        assertThat(hello(server, by(Tokens.RSA))).isEqualTo(OK);
        assertThat(hello(server, ofUrl)).isEqualTo(OK);
        file("beside.pem", Tokens.OTHER_RSA.getPublic());
        timers.advance(SECOND);
        assertThat(hello(server, by(Tokens.OTHER_RSA))).isEqualTo(OK);
        assertThat(hello(server, by(Tokens.RSA)).code()).isEqualTo(401);
        assertThat(hello(server, ofUrl)).isEqualTo(OK);
        assertThat(issuer.asked).hasSize(1);
        Await.result(wrapper.close());
    }
}
