package dev.vertxmicro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.cluster.BinVertx.Member;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose event bus has TLS: who has a certificate that the others trust takes part, who has none does not. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TlsClusterTest {
    private static final String SERVER = "{\"service\": {\"name\": \"clock\", \"version\": \"1.0.0\"}, \"server\":"
            + " {\"endpoints\": [\"Clock.Now\"]}, \"registry\": {\"type\": \"memory\"}}";

    @TempDir
    private Path directory = Path.of("");

    private final List<Member> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(Member::close);
    }

    private BinVertx vertx(String hazelcast, TestCertificate own, TestCertificate trusted) {
        JsonObject bus = new JsonObject()
                .put("ssl", true)
                .put("clientAuth", "REQUIRED")
                .put("trustAll", false)
                .put(
                        "pemKeyCertOptions",
                        new JsonObject()
                                .put("keyPath", own.key().toString())
                                .put("certPath", own.certificate().toString()))
                .put(
                        "pemTrustOptions",
                        new JsonObject()
                                .put(
                                        "certPaths",
                                        new JsonArray()
                                                .add(trusted.certificate().toString())));
        return new BinVertx(
                "-Dvertx.hazelcast.config=" + hazelcast,
                "-cluster",
                "-cluster-host",
                "127.0.0.1",
                "-options",
                new JsonObject().put("eventBusOptions", bus).encode());
    }

    private String hazelcast() throws IOException {
        String text = Files.readString(BinVertx.home().resolve("conf/cluster/cluster.xml"));
        int port = BinVertx.freePorts();
        for (int i = 0; i < 10; i++) {
            text = text.replace(Integer.toString(15701 + i), Integer.toString(port + i));
        }
        return Files.writeString(directory.resolve("cluster.xml"), text).toString();
    }

    private Member started(BinVertx vertx, String... arguments) throws IOException {
        Member member = vertx.start(arguments);
        members.add(member);
        return member;
    }

    private static String address(String line) {
        return line.substring(line.indexOf("Listening on ") + "Listening on ".length());
    }

    private static String call(BinVertx vertx, String address) throws Exception {
        return vertx.runAlone("call", "clock", "Clock.Now", "{}", "--address", address, "--timeout", "5s");
    }

    @Test
    void keepsOutWhoHasAForeignCertificate() throws Exception {
        String hazelcast = hazelcast();
        TestCertificate ours = TestCertificate.create(directory, "ours", "ip:127.0.0.1");
        TestCertificate foreign = TestCertificate.create(directory, "foreign", "ip:127.0.0.1");
        BinVertx cluster = vertx(hazelcast, ours, ours);
        Member handlers = started(cluster, "run", "examples.ClockVerticle");
        Member server = started(cluster, "run", "dev.vertxmicro.verticle.ServerVerticle", "-conf", SERVER);
        String address =
                address(server.awaitAll("Listening on ", "handlers: micro.handler/clock/Clock.Now is at node"));
        assertThat(call(cluster, address)).contains("\"now\":");
        assertThat(cluster.run("nodes")).contains("examples.ClockVerticle", "ServerVerticle");

        BinVertx stranger = vertx(hazelcast, foreign, ours);
        Member outside = started(stranger, "run", "dev.vertxmicro.verticle.ServerVerticle", "-conf", SERVER);
        String elsewhere = address(outside.await("Listening on "));
        assertThat(call(stranger, elsewhere)).doesNotContain("\"now\":").contains("\"code\":");
        outside.await("event bus: a TLS handshake failed: ");
        assertThat(call(cluster, address)).contains("\"now\":");
        for (Member member : List.of(outside, server, handlers)) {
            assertThat(member.stop()).doesNotContain("SSLHandshakeException");
        }
    }
}
