package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.EtcdServer;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a real etcd asks of its clients: a user, TLS, a certificate. */
@Requires(Requirement.ETCD)
class EtcdAccessTest extends EtcdFixture {
    private static final ServiceInfo SERVICE = service("greeter", node("greeter-1"));

    private static JsonObject object(String json) {
        return new JsonObject(json.replace('\'', '"'));
    }

    /** The user {@code micro} has the rights that docs/registry-etcd.md names. */
    private EtcdServer guarded() {
        EtcdServer server = closing(EtcdServer.start(directory));
        guard(server);
        return server;
    }

    private static void guard(EtcdServer server) {
        String begin = EtcdServer.base64("/micro/registry/");
        String end = EtcdServer.base64("/micro/registry0");
        server.request("/v3/auth/user/add", object("{'name': 'root', 'password': 'r'}"));
        server.request("/v3/auth/user/grant", object("{'user': 'root', 'role': 'root'}"));
        server.request("/v3/auth/role/add", object("{'name': 'registry'}"));
        server.request(
                "/v3/auth/role/grant",
                object("{'name': 'registry', 'perm': {'permType': 'READWRITE', 'key': '" + begin + "', 'range_end': '"
                        + end + "'}}"));
        server.request("/v3/auth/user/add", object("{'name': 'micro', 'password': 'secret'}"));
        server.request("/v3/auth/user/grant", object("{'user': 'micro', 'role': 'registry'}"));
        server.request("/v3/auth/role/add", object("{'name': 'none'}"));
        server.request("/v3/auth/user/add", object("{'name': 'other', 'password': 'o'}"));
        assertThat(server.request("/v3/auth/enable", new JsonObject())).contains("revision");
    }

    private EtcdRegistryOptions at(EtcdServer server) {
        return EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(server.address()));
    }

    private static void refused(Registry registry, EtcdServer server, String why) {
        MicroException refusal = Await.failure(registry.register(SERVICE, TTL));
        assertThat(refusal.code()).isEqualTo(500);
        assertThat(refusal.detail()).contains("etcd at " + server.address(), why);
        assertThat(Await.failure(registry.get("greeter")).detail()).contains(why);
        assertThat(Await.failure(registry.watch(change -> {})).detail()).contains(why);
        Await.result(registry.close());
    }

    @Test
    void registersAndReadsAsAUserWithRightsOnly() {
        EtcdServer server = guarded();
        refused(registry(at(server)), server, "user name is empty");
        refused(registry(at(server).withUser("micro", "wrong")), server, "authentication failed");
        refused(registry(at(server).withUser("other", "o")), server, "permission denied");
        Registry registry = registry(at(server).withUser("micro", "secret"));
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch(changes));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, SERVICE));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(Await.result(registry.get("greeter"))).containsExactly(SERVICE);
        Await.result(registry.close());
    }

    /** etcd's tokens are lost when it is started again. */
    @Test
    void getsANewTokenWhenEtcdHasForgottenIt() {
        EtcdServer server = guarded();
        Registry registry = registry(at(server).withUser("micro", "secret"));
        Await.result(registry.register(SERVICE, TTL));
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch("greeter", changes));
        server.stop();
        server.start();
        ServiceInfo other = service("greeter", node("greeter-2"));
        Await.result(registry.register(other, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, other));
        assertThat(Await.result(registry.list())).containsExactly("greeter");
        Await.result(registry.close());
    }

    @Test
    void needsNoUserWhereEtcdHasNone() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(at(server).withUser("micro", "secret"));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(Await.result(registry.get("greeter"))).containsExactly(SERVICE);
        Await.result(registry.close());
    }

    @Test
    void showsItsUserOnceEtcdWantsOne() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(at(server).withUser("micro", "secret"));
        Await.result(registry.register(SERVICE, TTL));
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        guard(server);
        assertThat(Await.result(registry.get("greeter"))).containsExactly(SERVICE);
        Await.result(registry.watch(changes));
        ServiceInfo other = service("greeter", node("greeter-2"));
        Await.result(registry.register(other, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, other));
        Await.result(registry.close());
    }

    @Test
    void speaksTlsWithACertificateOfItsOwnAndLooksAtThatOfTheServer() {
        TestCertificate own = TestCertificate.create(directory, "etcd", "ip:127.0.0.1");
        TestCertificate client = TestCertificate.create(directory, "client", "ip:127.0.0.1");
        TestCertificate other = TestCertificate.create(directory, "other", "ip:127.0.0.1");
        EtcdServer server = closing(EtcdServer.secured(
                directory,
                "--cert-file=" + own.certificate(),
                "--key-file=" + own.key(),
                "--client-cert-auth",
                "--trusted-ca-file=" + client.certificate()));
        TlsOptions trusting = TlsOptions.ON.withTrust(List.of(own.certificate().toString()));
        TlsOptions known = trusting.withCertificate(
                client.certificate().toString(), client.key().toString());
        Registry registry = registry(at(server).withTls(known));
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch("greeter", changes));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, SERVICE));
        Await.result(registry.close());
        for (TlsOptions wrong : List.of(
                trusting,
                known.withTrust(List.of(other.certificate().toString())),
                trusting.withCertificate(
                        other.certificate().toString(), other.key().toString()),
                TlsOptions.OFF)) {
            Registry refused = registry(at(server).withTls(wrong).withRequestTimeout(Duration.ofSeconds(1)));
            assertThat(Await.failure(refused.get("greeter")).detail()).contains("etcd at " + server.address());
            Await.result(refused.close());
        }
    }
}
