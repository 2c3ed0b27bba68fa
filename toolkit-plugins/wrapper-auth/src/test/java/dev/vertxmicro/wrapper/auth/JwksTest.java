package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.GuardedServer.Outcome.OK;
import static dev.vertxmicro.wrapper.auth.GuardedServer.bearer;
import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.jwk;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwksTest extends JwtFixture {
    private static final String UNAVAILABLE = "keys are not available";
    private static final String NOT_ACCEPTED = "invalid_token: not accepted";
    private static final JsonObject A = jwk("a", Tokens.RSA.getPublic());
    private static final JsonObject B = jwk("b", Tokens.OTHER_RSA.getPublic());

    private FakeIssuer issuer;
    private Wrapper wrapper;
    private GuardedServer server;

    @BeforeEach
    void listen() {
        issuer = new FakeIssuer(vertx);
        begin(JwksOptions.DEFAULTS.withUrl(issuer.url()));
    }

    private void begin(JwksOptions jwks) {
        JwtOptions options = JwtOptions.DEFAULTS.withJwks(jwks).withClaims(ClaimOptions.DEFAULTS.withIssuer(ISSUER));
        wrapper = JwtProvider.wrapper(vertx, options, "greeter", timers, clock);
        server = new GuardedServer(timers, wrapper);
    }

    @AfterEach
    void closes() {
        Await.result(wrapper.close());
    }

    private Metadata by(String kid, KeyPair pair) {
        return bearer(signed(header("RS256", kid), claims(), pair.getPrivate()));
    }

    private GuardedServer.Outcome hello(Metadata shown) {
        return server.call("Greeter.Hello", shown);
    }

    private Metadata a() {
        return by("a", Tokens.RSA);
    }

    private Metadata b() {
        return by("b", Tokens.OTHER_RSA);
    }

    @Test
    void readsKeysOfEachKindOnce() {
        issuer.publishes(A, jwk("e", Tokens.EC.getPublic()), jwk("d", Tokens.ED.getPublic()));
        for (GuardedServer.Way way : GuardedServer.Way.values()) {
            assertThat(server.enter(way, a())).isEqualTo(OK);
            assertThat(server.enter(way, bearer(signed(header("ES256", "e"), claims(), Tokens.EC.getPrivate()))))
                    .isEqualTo(OK);
            assertThat(server.enter(way, bearer(signed(header("EdDSA", "d"), claims(), Tokens.ED.getPrivate()))))
                    .isEqualTo(OK);
        }
        assertThat(issuer.asked).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingOfWhatWaitsForTheFirstKeys(GuardedServer.Way way) {
        issuer.publishes(A);
        assertThat(server.enter(way, a())).isEqualTo(OK);
        assertThat(server.handled).containsExactly("jwt:davie");
    }

    @Test
    void asksAgainForAKeyThatNobodyKnowsButNotOftenerThanItMay() {
        issuer.publishes(A);
        assertThat(hello(a())).isEqualTo(OK);
        issuer.publishes(A, B);
        assertThat(hello(b()).detail()).as("within minRefresh").isEqualTo(NOT_ACCEPTED);
        assertThat(issuer.asked).hasSize(1);
        timers.advance(Duration.ofSeconds(10));
        assertThat(hello(b())).isEqualTo(OK);
        assertThat(hello(a())).isEqualTo(OK);
        for (int i = 0; i < 100; i++) {
            assertThat(hello(by("x" + i, Tokens.RSA)).code()).isEqualTo(401);
        }
        assertThat(issuer.asked).hasSize(2);
    }

    @Test
    void doesNotAskForAKeyThatItKnows() {
        issuer.publishes(A);
        assertThat(hello(a())).isEqualTo(OK);
        timers.advance(Duration.ofSeconds(11));
        assertThat(hello(by("a", Tokens.OTHER_RSA)).detail()).isEqualTo(NOT_ACCEPTED);
        assertThat(issuer.asked).hasSize(1);
    }

    @Test
    void believesNoTokenOfAKeyThatIsGoneThoughItWasVerifiedBefore() {
        issuer.publishes(A);
        Metadata token = a();
        assertThat(hello(token)).isEqualTo(OK);
        issuer.publishes(B);
        timers.advance(Duration.ofMinutes(10));
        assertThat(hello(token).code()).as("nobody had called for long").isEqualTo(401);
        assertThat(hello(b())).isEqualTo(OK);
    }

    @Test
    void asksInTheBackgroundWhenKeysAreDue() {
        issuer.publishes(A);
        assertThat(hello(a())).isEqualTo(OK);
        Promise<HttpServerRequest> asked = Promise.promise();
        issuer.does(request -> asked.tryComplete(request));
        timers.advance(Duration.ofMinutes(5));
        assertThat(hello(a())).as("waits for nothing").isEqualTo(OK);
        assertThat(hello(a())).isEqualTo(OK);
        Await.result(asked.future())
                .response()
                .end(new JsonObject().put("keys", new JsonArray().add(B)).encode());
        assertThat(hello(b())).isEqualTo(OK);
        assertThat(issuer.asked).hasSize(2);
    }

    @Test
    void keepsTheLastGoodKeysWhileTheUrlIsAway() {
        issuer.publishes(A);
        assertThat(hello(a())).isEqualTo(OK);
        for (Runnable away : List.<Runnable>of(
                issuer::fails,
                () -> issuer.says("no JSON"),
                () -> issuer.says("[]"),
                () -> issuer.says("{\"keys\": 1}"),
                () -> issuer.says(" ".repeat(300 << 10)),
                () -> issuer.does(request -> request.connection().close()))) {
            away.run();
            timers.advance(Duration.ofMinutes(11));
            int before = issuer.asked.size();
            assertThat(hello(a())).isEqualTo(OK);
            assertThat(hello(b()).detail()).as("it may be a new one").isEqualTo(UNAVAILABLE);
            assertThat(issuer.asked).hasSize(before + 1);
        }
        issuer.publishes(B);
        timers.advance(Duration.ofSeconds(10));
        assertThat(hello(b())).isEqualTo(OK);
    }

    @Test
    void saysThatKeysAreNotAvailableBeforeThereWereAny() {
        issuer.fails();
        for (GuardedServer.Way way : GuardedServer.Way.values()) {
            assertThat(server.enter(way, a())).isEqualTo(new GuardedServer.Outcome(503, "greeter", UNAVAILABLE));
        }
        assertThat(issuer.asked).hasSize(1);
        issuer.publishes(A);
        timers.advance(Duration.ofSeconds(10));
        assertThat(hello(a())).isEqualTo(OK);
    }

    @Test
    void hasAllWaitForOneRequest() {
        Promise<HttpServerRequest> asked = Promise.promise();
        issuer.does(asked::tryComplete);
        List<Future<GuardedServer.Outcome>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(server.calling("Greeter.Hello", a()));
        }
        Await.result(asked.future())
                .response()
                .end(new JsonObject().put("keys", new JsonArray().add(A)).encode());
        calls.forEach(call -> assertThat(Await.result(call)).isEqualTo(OK));
        assertThat(issuer.asked).hasSize(1);
    }

    @Test
    void doesNotWaitForASlowServerBeyondTheTimeout() {
        Promise<HttpServerRequest> asked = Promise.promise();
        issuer.does(request -> {
            request.response().setChunked(true).write("{");
            asked.tryComplete(request);
        });
        Future<GuardedServer.Outcome> call = server.calling("Greeter.Hello", a());
        Await.result(asked.future());
        assertThat(call.isComplete()).isFalse();
        timers.advance(Duration.ofSeconds(5));
        assertThat(Await.result(call).detail()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void takesNoKeyThatIsForSomethingElse() {
        JsonObject shared = new JsonObject()
                .put("kty", "oct")
                .put("kid", "hs")
                .put("alg", "HS256")
                .put("k", Tokens.encoded(Tokens.SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        issuer.publishes(
                shared,
                A.copy().put("kid", "enc").put("use", "enc"),
                A.copy().put("kid", "ops").put("key_ops", new JsonArray().add("encrypt")),
                A.copy().put("kid", "hmac").put("alg", "HS256"),
                A.copy().put("kid", "none").put("alg", "none"),
                A.copy().put("kid", "broken").put("n", 7),
                jwk("weak", Tokens.pair("RSA", 1024).getPublic()),
                jwk("curve", Tokens.EC.getPublic()).put("alg", "ES512"),
                new JsonObject().put("kty", "RSA"),
                new JsonObject(),
                A);
        assertThat(hello(a())).isEqualTo(OK);
        assertThat(hello(bearer(signed(header("HS256", "hs"), claims(), Tokens.hmac(Tokens.SECRET))))
                        .code())
                .isEqualTo(401);
        for (String kid : List.of("enc", "ops", "hmac", "none", "broken")) {
            assertThat(hello(by(kid, Tokens.RSA)).code()).as(kid).isEqualTo(401);
        }
        assertThat(hello(bearer(signed(header("ES512", "curve"), claims(), Tokens.EC.getPrivate())))
                        .code())
                .isEqualTo(401);
    }

    @Test
    void takesNoMoreKeysThanItIsToKeep() {
        issuer.publishes(java.util.stream.Stream.generate(() -> A).limit(33).toArray(JsonObject[]::new));
        assertThat(hello(a()).detail()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void asksNobodyAfterItsEnd() {
        issuer.publishes(A);
        Await.result(wrapper.close());
        assertThat(hello(a()).code()).isEqualTo(503);
        assertThat(issuer.asked).isEmpty();
    }
}
