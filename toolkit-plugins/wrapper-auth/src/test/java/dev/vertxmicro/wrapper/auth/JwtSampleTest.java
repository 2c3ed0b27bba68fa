package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.Tokens.header;
import static dev.vertxmicro.wrapper.auth.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service and its caller as conf/jwt.json describes them, but that the issuer is at another address. */
class JwtSampleTest extends GuardedVerticleFixture {
    private FakeIssuer keys;
    private FakeIssuer grants;

    @BeforeEach
    void issue() {
        keys = new FakeIssuer(vertx);
        grants = new FakeIssuer(vertx);
        keys.publishes(Tokens.jwk("a", Tokens.RSA.getPublic()));
        grants("greet");
    }

    private void grants(String scope) {
        long now = System.currentTimeMillis() / 1000;
        JsonObject claims = new JsonObject()
                .put("iss", "https://issuer.example")
                .put("aud", "greeter")
                .put("sub", "shop")
                .put("scope", scope)
                .put("exp", now + 600);
        String token = signed(header("RS256", "a"), claims, Tokens.RSA.getPrivate());
        grants.says(new JsonObject()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", 600)
                .encode());
    }

    private JsonObject sample() {
        try {
            JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "jwt.json")));
            JsonObject jwt = sample.getJsonArray("wrappers").getJsonObject(0).getJsonObject("jwt");
            jwt.getJsonObject("jwks").put("url", keys.url());
            jwt.getJsonObject("client").getJsonObject("grant").put("url", grants.url());
            return sample;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonObject anonymous() {
        return new JsonObject();
    }

    @Test
    void letsInWhoShowsATokenOfTheIssuer() {
        serve(sample());
        DescribedClient client = client(sample());
        for (int i = 0; i < 3; i++) {
            assertThat(Await.result(call(client, HELLO))).isEqualTo("jwt:shop [greet]");
            assertThat(Await.result(chat(client))).isEqualTo("jwt:shop [greet]");
        }
        assertThat(Await.failure(call(client, STOP)).code()).isEqualTo(403);
        assertThat(keys.asked).hasSize(1);
        assertThat(grants.asked).hasSize(1);
        Await.result(client.close());
    }

    @Test
    void refusesWhoShowsNone() {
        serve(sample());
        DescribedClient client = client(anonymous());
        MicroException refused = Await.failure(call(client, HELLO));
        assertThat(refused.code()).isEqualTo(401);
        assertThat(refused.id()).isEqualTo("greeter");
        assertThat(refused.detail()).isEqualTo("no credentials");
        assertThat(Await.failure(chat(client)).code()).isEqualTo(401);
        Await.result(client.close());
    }

    @Test
    void forbidsWhatIsNotInTheScopes() {
        grants("wave");
        serve(sample());
        DescribedClient client = client(sample());
        MicroException refused = Await.failure(call(client, HELLO));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("insufficient_scope");
        assertThat(Await.failure(chat(client)).code()).isEqualTo(403);
        Await.result(client.close());
    }

    @Test
    void coversMessagesOfTheBroker() {
        JsonObject own = sample().put("broker", new JsonObject().put("type", "memory"));
        JsonArray wrappers = own.getJsonArray("wrappers");
        assertThat(wrappers.size()).isEqualTo(2);
        serve(own, service -> {
            Topic<StringValue> topic = Topic.of("greeter.greeted", StringValue.class);
            return service.client().publish(topic, StringValue.of("hi"));
        });
        while (subscribed.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(subscribed).containsExactly("hi by jwt:shop [greet]");
    }
}
