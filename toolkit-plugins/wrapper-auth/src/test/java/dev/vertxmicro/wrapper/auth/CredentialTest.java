package dev.vertxmicro.wrapper.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients show, to whom, and where it comes from. */
class CredentialTest extends JwtFixture {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);

    private FakeIssuer issuer;
    private Wrapper wrapper = new Wrapper() {};

    @BeforeEach
    void listen() {
        issuer = new FakeIssuer(vertx);
    }

    @AfterEach
    void closes() {
        Await.result(wrapper.close());
    }

    private void shows(TokenSourceOptions source) {
        JwtOptions options = JwtOptions.DEFAULTS.withClient(
                source.withServices("greeter", "shop.*").withTopics("events.*"));
        wrapper = JwtProvider.wrapper(vertx, options, "caller", timers, clock);
    }

    private static TokenSourceOptions source() {
        // any to whom it goes satisfies the check; shows() says to whom
        return TokenSourceOptions.DEFAULTS.withServices("x");
    }

    private ClientInterceptor client() {
        return wrapper.client().orElseThrow();
    }

    private static String shown(CallContext context) {
        return context.outgoing().value("Authorization", "");
    }

    private Future<String> calling(String service, CallContext context) {
        Promise<String> seen = Promise.promise();
        return client().intercept(
                        context, Request.of(service, HELLO, StringValue.of("x")), new ClientInterceptor.Exchange() {
                            @Override
                            public <Q, R> Future<Response<R>> exchange(CallContext sent, Request<Q, R> request) {
                                seen.complete(shown(sent));
                                return Future.failedFuture("no server");
                            }
                        })
                .transform(done -> seen.future().isComplete() ? seen.future() : Future.failedFuture(done.cause()));
    }

    private String call(String service) {
        return Await.result(calling(service, CallContext.create()));
    }

    private String open(String service) {
        Promise<String> seen = Promise.promise();
        client().interceptStream(
                        CallContext.create(),
                        Request.of(service, HELLO, StringValue.of("x")),
                        new ClientInterceptor.Opening() {
                            @Override
                            public <Q, R> Future<ClientStream<Q, R>> open(CallContext sent, Request<Q, R> request) {
                                seen.complete(shown(sent));
                                return Future.failedFuture("no server");
                            }
                        });
        return Await.result(seen.future());
    }

    private String publish(String topic) {
        Promise<String> seen = Promise.promise();
        client().interceptPublish(
                        CallContext.create(),
                        Topic.of(topic, StringValue.class),
                        StringValue.of("x"),
                        new ClientInterceptor.Publication() {
                            @Override
                            public <T> Future<Void> publish(CallContext sent, Topic<T> to, T payload) {
                                seen.complete(shown(sent));
                                return Future.succeededFuture();
                            }
                        });
        return Await.result(seen.future());
    }

    @Test
    void goesToThoseWhoAreToSeeItAndToNobodyElse() {
        shows(source().withToken(Secret.of("abc")));
        for (String service : List.of("greeter", "shop.cart")) {
            assertThat(call(service)).isEqualTo("Bearer abc");
            assertThat(open(service)).isEqualTo("Bearer abc");
        }
        for (String service : List.of("greeter2", "shop", "events.x", "")) {
            assertThat(open(service.isEmpty() ? "x" : service)).isEmpty();
            assertThat(call(service.isEmpty() ? "x" : service)).isEmpty();
        }
        assertThat(publish("events.greeted")).isEqualTo("Bearer abc");
        assertThat(publish("greeter")).isEmpty();
    }

    @Test
    void leavesWhatTheCallerHasPutThereHimself() {
        shows(source().withToken(Secret.of("abc")));
        CallContext own = CallContext.create().withMetadata("authorization", "Bearer mine");
        assertThat(Await.result(calling("greeter", own))).isEqualTo("Bearer mine");
    }

    @Test
    void readsAFileAgainThatChanges() {
        String name = file("token", "one\n");
        shows(source().withFile(name));
        assertThat(call("greeter")).isEqualTo("Bearer one");
        file("token", "two");
        assertThat(open("greeter")).isEqualTo("Bearer one");
        timers.advance(Duration.ofSeconds(10));
        call("greeter"); // has it read, and waits for nothing
        while (!call("greeter").equals("Bearer two")) {
            Thread.onSpinWait();
        }
        file("token", "not one token");
        timers.advance(Duration.ofSeconds(10));
        assertThat(call("greeter")).as("the last good one").isEqualTo("Bearer two");
    }

    @Test
    void failsTheCallWhereThereIsNoToken() {
        shows(source().withFile("/no/such/file"));
        MicroException none = Await.failure(calling("greeter", CallContext.create()));
        assertThat(none.code()).isEqualTo(503);
        assertThat(none.detail()).isEqualTo("no token for this call");
        assertThat(call("other")).isEmpty();
    }

    private static String token(String token, int seconds) {
        return new JsonObject()
                .put("access_token", token)
                .put("token_type", "bearer")
                .put("expires_in", seconds)
                .encode();
    }

    private void grants() {
        shows(source().withGrant(GrantOptions.DEFAULTS
                .withClientId("me:x")
                .withUrl(issuer.url())
                .withClientSecret(Secret.of("s/1"))
                .withScope("greet wave")
                .withAudience("greeter")));
    }

    @Test
    void asksForATokenByItsOwnCredentialsOnce() {
        issuer.says(token("one", 600));
        grants();
        assertThat(call("greeter")).isEqualTo("Bearer one");
        assertThat(publish("events.x")).isEqualTo("Bearer one");
        String basic = java.util.Base64.getEncoder()
                .encodeToString("me%3Ax:s%2F1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(issuer.asked)
                .containsExactly("grant_type=client_credentials&scope=greet+wave&audience=greeterBasic " + basic);
    }

    @Test
    void hasItRenewedBeforeItExpires() {
        issuer.says(token("one", 600));
        grants();
        assertThat(call("greeter")).isEqualTo("Bearer one");
        Promise<HttpServerRequest> asked = Promise.promise();
        issuer.does(asked::tryComplete);
        timers.advance(Duration.ofSeconds(570));
        assertThat(call("greeter")).as("waits for nothing").isEqualTo("Bearer one");
        Await.result(asked.future()).response().end(token("two", 600));
        while (!call("greeter").equals("Bearer two")) {
            Thread.onSpinWait();
        }
        assertThat(issuer.asked).hasSize(2);
    }

    @Test
    void showsNoTokenThatHasExpiredAndWaitsForANewOne() {
        issuer.says(token("one", 600));
        grants();
        assertThat(call("greeter")).isEqualTo("Bearer one");
        issuer.fails();
        timers.advance(Duration.ofMinutes(10));
        assertThat(Await.failure(calling("greeter", CallContext.create())).code())
                .isEqualTo(503);
        assertThat(Await.failure(calling("greeter", CallContext.create())).code())
                .isEqualTo(503);
        assertThat(issuer.asked).as("no more than once a second").hasSize(2);
        issuer.says(token("two", 600));
        timers.advance(Duration.ofSeconds(1));
        assertThat(call("greeter")).isEqualTo("Bearer two");
    }

    @Test
    void takesNothingElseForAToken() {
        grants();
        for (String answer : List.of(
                "",
                "[]",
                "{}",
                "{\"access_token\": 1}",
                token("two words", 1),
                "{\"access_token\":\"a\",\"token_type\":\"mac\"}")) {
            issuer.says(answer);
            assertThat(Await.failure(calling("greeter", CallContext.create())).code())
                    .as(answer)
                    .isEqualTo(503);
            timers.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void tellsNobodyWhatItHolds() {
        shows(source().withToken(Secret.of("abc-secret")));
        assertThat(wrapper.toString() + client() + source().withToken(Secret.of("abc-secret")))
                .doesNotContain("abc-secret");
    }
}
