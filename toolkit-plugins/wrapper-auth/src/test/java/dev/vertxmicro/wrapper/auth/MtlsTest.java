package dev.vertxmicro.wrapper.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who calls is who the certificate of the connection names. */
class MtlsTest extends GuardedVerticleFixture {
    @TempDir
    Path directory;

    private static JsonObject tls(TestCertificate own, TestCertificate trusted, boolean clientAuth) {
        JsonObject tls = new JsonObject()
                .put("certificate", own.certificate().toString())
                .put("key", own.key().toString())
                .put("trust", new JsonArray().add(trusted.certificate().toString()))
                .put("clientAuth", clientAuth);
        return new JsonObject()
                .put("transport", new JsonObject().put("type", "http").put("http", new JsonObject().put("tls", tls)));
    }

    private static JsonObject guarded(JsonObject descriptor, JsonObject mtls) {
        return descriptor.put(
                "wrappers",
                new JsonArray()
                        .add(new JsonObject().put("type", "mtls").put("mtls", mtls))
                        .add(new JsonObject()
                                .put("type", "authorization")
                                .put(
                                        "authorization",
                                        new JsonObject()
                                                .put(
                                                        "rules",
                                                        new JsonArray()
                                                                .add(new JsonObject()
                                                                        .put(
                                                                                "scopes",
                                                                                new JsonArray().add("greet")))))));
    }

    private static JsonObject identities(String name) {
        return new JsonObject()
                .put(
                        "identities",
                        new JsonArray()
                                .add(new JsonObject().put("name", name).put("scopes", new JsonArray().add("greet"))));
    }

    @ParameterizedTest
    @CsvSource({
        "'uri:spiffe://example/shop,dns:shop.example', spiffe://example/*, spiffe://example/shop",
        "'dns:shop.example', shop.example, shop.example",
        "'ip:127.0.0.1', shop, shop"
    })
    void knowsWhoCallsByTheFirstNameThatThereIs(String names, String pattern, String name) {
        TestCertificate server = TestCertificate.create(directory, "server", "ip:127.0.0.1");
        TestCertificate shop = TestCertificate.create(directory, "shop", names);
        serve(guarded(tls(server, shop, true), identities(pattern)));
        DescribedClient client = client(tls(shop, server, false));
        String who = "mtls:" + name + " [greet]";
        assertThat(Await.result(call(client, HELLO))).isEqualTo(who);
        assertThat(Await.result(call(client, HELLO))).as("again").isEqualTo(who);
        assertThat(Await.result(chat(client))).isEqualTo(who);
        Await.result(client.close());
    }

    @Test
    void forbidsWhatANameMayNotDo() {
        TestCertificate server = TestCertificate.create(directory, "server", "ip:127.0.0.1");
        TestCertificate shop = TestCertificate.create(directory, "shop", "dns:shop.example");
        serve(guarded(tls(server, shop, true), identities("other.*")));
        DescribedClient client = client(tls(shop, server, false));
        assertThat(Await.failure(call(client, HELLO)).code()).isEqualTo(403);
        assertThat(Await.failure(chat(client)).code()).isEqualTo(403);
        Await.result(client.close());
    }

    @Test
    void refusesWhereNobodyWasAskedForACertificate() {
        TestCertificate server = TestCertificate.create(directory, "server", "ip:127.0.0.1");
        serve(guarded(tls(server, server, false), identities("*")));
        DescribedClient client = client(tls(server, server, false));
        MicroException refused = Await.failure(call(client, HELLO));
        assertThat(refused.code()).isEqualTo(401);
        assertThat(refused.detail()).isEqualTo("no credentials");
        Await.result(client.close());
    }

    @Test
    void readsEachComponentOfItsOptions() {
        assertThat(MtlsOptions.read(Section.root(new JsonObject()))).isEqualTo(MtlsOptions.DEFAULTS);
        Section section = Section.root(identities("a.*").put("names", "cn").put("open", "Debug.*"));
        assertThat(MtlsOptions.read(section))
                .isEqualTo(new MtlsOptions(
                        List.of("cn"),
                        List.of(new MtlsOptions.Identity("a.*", List.of("greet"), List.of())),
                        AdmissionOptions.DEFAULTS.withOpen("Debug.*")));
        section.end();
        assertThatThrownBy(() -> MtlsOptions.DEFAULTS.withNames("email"))
                .hasMessage("names: [email] (expected: some of uri, dns and cn)");
        assertThatThrownBy(() -> MtlsOptions.DEFAULTS.withNames()).hasMessageContaining("names: []");
    }
}
