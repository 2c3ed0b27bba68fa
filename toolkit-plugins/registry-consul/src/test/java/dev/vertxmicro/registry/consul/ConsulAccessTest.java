package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real agent asks of its callers: a token, TLS, a datacenter. */
@Requires(Requirement.CONSUL)
class ConsulAccessTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final String ROOT = "11111111-2222-3333-4444-555555555555";
    private static final ServiceInfo SERVICE = new ServiceInfo(
            "greeter",
            "1.0.0",
            Map.of(),
            List.of(),
            List.of(new Node("greeter-1", "127.0.0.1:9001", Map.of("protocol", "mucp"))));

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<ConsulAgent> agents = new ArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        agents.forEach(ConsulAgent::close);
    }

    private ConsulAgent agent(String... options) {
        ConsulAgent agent = ConsulAgent.dev(directory, options);
        agents.add(agent);
        return agent;
    }

    private ConsulRegistry registry(ConsulOptions options) {
        return ConsulRegistry.create(vertx, options);
    }

    @Test
    void registersAndReadsWithATokenOnly() {
        ConsulAgent agent = agent(
                "-hcl",
                "acl { enabled = true default_policy = \"deny\" tokens { master = \"%s\" agent = \"%s\" } }"
                        .formatted(ROOT, ROOT));
        String token = token(agent);
        ConsulOptions options = ConsulOptions.DEFAULTS.withAddresses(List.of(agent.address()));
        ConsulRegistry without = registry(options);
        ConsulRegistry with = registry(options.withToken(token));
        assertThatThrownBy(() -> Await.result(without.register(SERVICE, TTL)))
                .hasMessageContaining(agent.address())
                .hasMessageContaining("403")
                .hasMessageContaining("Permission denied");
        Await.result(with.register(SERVICE, TTL));
        Await.result(with.watch("greeter", change -> {}));
        Await.result(with.watch(change -> {}));
        assertThat(Await.result(with.get("greeter"))).containsExactly(SERVICE);
        assertThat(Await.result(with.list())).contains("greeter");
        assertThat(Await.result(without.get("greeter"))).isEmpty();
        Await.result(with.close());
        Await.result(without.close());
    }

    /** The rights that docs/registry.md names. */
    private static String token(ConsulAgent agent) {
        String rules =
                "service_prefix \\\"\\\" { policy = \\\"write\\\" } node_prefix \\\"\\\" { policy = \\\"read\\\" }";
        String policy = "";
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!policy.contains("\"ID\"") && System.nanoTime() - end < 0) {
            policy = agent.request("PUT", "/v1/acl/policy", "{\"Name\":\"micro\",\"Rules\":\"" + rules + "\"}", ROOT);
        }
        String token = agent.request("PUT", "/v1/acl/token", "{\"Policies\":[{\"Name\":\"micro\"}]}", ROOT);
        return new JsonObject(token).getString("SecretID");
    }

    @Test
    void speaksTlsAndLooksAtTheCertificate() {
        TestCertificate certificate = TestCertificate.create(directory, "consul", "ip:127.0.0.1");
        TestCertificate other = TestCertificate.create(directory, "other", "ip:127.0.0.1");
        int port = FreePorts.next();
        agent(
                "-hcl",
                "ports { https = %d } cert_file = \"%s\" key_file = \"%s\""
                        .formatted(port, certificate.certificate(), certificate.key()));
        ConsulOptions options = ConsulOptions.DEFAULTS.withAddresses(List.of("127.0.0.1:" + port));
        TlsOptions trusting =
                TlsOptions.ON.withTrust(List.of(certificate.certificate().toString()));
        ConsulRegistry good = registry(options.withTls(trusting));
        Await.result(good.register(SERVICE, TTL));
        Await.result(good.watch("greeter", change -> {}));
        assertThat(Await.result(good.get("greeter"))).containsExactly(SERVICE);
        Await.result(good.close());
        ConsulRegistry wary = registry(
                options.withTls(trusting.withTrust(List.of(other.certificate().toString()))));
        assertThatThrownBy(() -> Await.result(wary.register(SERVICE, TTL))).hasMessageContaining("127.0.0.1:" + port);
        assertThatThrownBy(() -> Await.result(wary.get("greeter"))).hasMessageContaining("127.0.0.1:" + port);
        ConsulRegistry blind = registry(options.withTls(TlsOptions.ON.withVerify(false)));
        assertThat(Await.result(blind.get("greeter"))).isEmpty();
        Await.result(wary.close());
        Await.result(blind.close());
    }

    @Test
    void refusesAnAgentWhoseCertificateIsNamedButExpired() {
        TestCertificate old = TestCertificate.create(directory, "old", "ip:127.0.0.1", -30, 20);
        int port = FreePorts.next();
        agent(
                "-hcl",
                "ports { https = %d } cert_file = \"%s\" key_file = \"%s\""
                        .formatted(port, old.certificate(), old.key()));
        ConsulRegistry registry = registry(ConsulOptions.DEFAULTS
                .withAddresses(List.of("127.0.0.1:" + port))
                .withTls(TlsOptions.ON.withTrust(List.of(old.certificate().toString()))));
        assertThatThrownBy(() -> Await.result(registry.get("greeter")))
                .hasMessageContaining("127.0.0.1:" + port + ": tls: certificate of CN=old expired at 20");
        Await.result(registry.close());
    }

    @Test
    void looksUpInAnotherDatacenter() {
        ConsulAgent first = agent("-datacenter=dc1", "-node=a");
        ConsulAgent second =
                agent("-datacenter=dc2", "-node=b", "-retry-join-wan=" + first.wanAddress(), "-retry-interval-wan=1s");
        ConsulRegistry there = registry(ConsulOptions.DEFAULTS.withAddresses(List.of(first.address())));
        ConsulOptions options = ConsulOptions.DEFAULTS.withAddresses(List.of(second.address()));
        ConsulRegistry here = registry(options);
        ConsulRegistry across = registry(options.withDatacenter("dc1"));
        Await.result(there.register(SERVICE, TTL));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!second.request("GET", "/v1/catalog/datacenters", "").contains("dc1") && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(Await.result(across.get("greeter"))).containsExactly(SERVICE);
        assertThat(Await.result(here.get("greeter"))).isEmpty();
        ConsulRegistry nowhere = registry(options.withDatacenter("dc9"));
        assertThatThrownBy(() -> Await.result(nowhere.get("greeter"))).hasMessageContaining("No path to datacenter");
        Await.result(there.close());
    }
}
