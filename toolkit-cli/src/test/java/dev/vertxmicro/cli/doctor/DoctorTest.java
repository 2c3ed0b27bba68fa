package dev.vertxmicro.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.Threading;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    @Test
    void makesAFindingOfWhateverAChecksThrows() {
        Check broken = new Check() {
            @Override
            public String subject() {
                return "broken";
            }

            @Override
            public Finding look() {
                throw new NoClassDefFoundError("gone\nindeed");
            }
        };
        assertThat(new Doctor(List.of(broken)).examine().map(Finding::line))
                .containsExactly(
                        "broken     wrong  could not be looked at: java.lang.NoClassDefFoundError: gone indeed;"
                                + " see the reason");
    }

    @Test
    void wantsAJavaThatCanDoWhatTheDescriptorSays() {
        assertThat(new JavaCheck(17, HOME, StandardCharsets.UTF_8, Threading.VIRTUAL)
                        .look()
                        .line())
                .isEqualTo("java       wrong  17, " + HOME + ": has no virtual threads; set JAVA_HOME to a JDK 21 or"
                        + " newer, or server.threading to worker");
        assertThat(new JavaCheck(21, HOME, StandardCharsets.UTF_8, Threading.VIRTUAL)
                        .look()
                        .well())
                .isTrue();
        assertThat(new JavaCheck(17, HOME, StandardCharsets.US_ASCII, Threading.WORKER)
                        .look()
                        .advice())
                .isEqualTo("set LC_ALL=C.UTF-8, or another UTF-8 locale");
        assertThat(new JavaCheck(17, Path.of("/jre"), StandardCharsets.UTF_8, Threading.WORKER).look())
                .isEqualTo(new Finding(
                        "java", true, "17, /jre, no javac", "to build projects, set JAVA_HOME to a JDK 17 or newer"));
    }

    @Test
    void seesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Finding found = new PortCheck("server.address", address, "--server_address").look();
            assertThat(found.well()).isFalse();
            assertThat(found.line())
                    .startsWith("port       wrong  server.address " + address + ": ")
                    .endsWith("; stop who has it (ss -ltnp), unless it is this very service; or choose another by"
                            + " --server_address");
        }
        assertThat(new PortCheck("server.address", "192.0.2.77:9", "it").look().advice())
                .isEqualTo("choose an address and a port that this machine may use by it");
        assertThat(new PortCheck("server.address", "127.0.0.1:0", "").look().line())
                .isEqualTo("port       ok     server.address 127.0.0.1:0: any free one");
        Finding unread = new PortCheck("health.address", "localhost:99999", "it").look();
        assertThat(unread.text()).startsWith("health.address: address: localhost:99999 ");
        assertThat(unread.advice()).isEqualTo("choose another by it");
    }

    @Test
    void hearsItselfByMulticastOrSaysWhatToDo() throws Exception {
        assertThat(new MulticastCheck("239.255.77.78", List.of("lo"), 2000)
                        .look()
                        .line())
                .isEqualTo("multicast  ok     239.255.77.78: heard on lo");
        Finding none = new MulticastCheck("239.255.77.78", List.of("nosuch0"), 1).look();
        assertThat(none.well()).isFalse();
        assertThat(none.text()).isEqualTo("239.255.77.78: no usable interface");
        assertThat(none.advice()).contains("--registry=consul");
    }

    @Test
    void waitsForTheRegistryNoLongerThanItMay() throws Exception {
        Promise<List<String>> never = Promise.promise();
        assertThat(new RegistryCheck("consul", "10.0.0.1:8500", never::future, 5)
                        .look()
                        .line())
                .isEqualTo("registry   wrong  consul at 10.0.0.1:8500: no answer within 5 ms; start it (consul agent"
                        + " -dev), or say where it is by --registry_address");
        assertThat(new RegistryCheck("mdns", "", () -> Future.failedFuture("no"), 5)
                        .look()
                        .text())
                .isEqualTo("mdns: no");
        assertThat(new RegistryCheck("mdns", "", () -> Future.failedFuture("mdns is away"), 5)
                        .look()
                        .text())
                .isEqualTo("mdns is away");
        assertThat(new RegistryCheck("mdns", "", () -> Future.succeededFuture(List.of("a")), 5).look())
                .isEqualTo(Finding.well("registry", "mdns: 1 service"));
    }

    @Test
    void comparesTheClockWithWhatTellsTheTime() throws Exception {
        Instant now = Instant.parse("2026-11-28T12:00:00Z");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        String address = "127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(new ClockCheck(InstantSource.system(), Instant.EPOCH, address)
                            .look()
                            .line())
                    .startsWith("clock      ok     ")
                    .endsWith(", that of " + address);
            InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(2));
            assertThat(new ClockCheck(ahead, Instant.EPOCH, address).look().text())
                    .matches(".*: 1[12]\\d s ahead of " + address);
        } finally {
            server.stop(0);
        }
        assertThat(new ClockCheck(InstantSource.fixed(now), now.plus(Duration.ofDays(2)), "")
                        .look()
                        .text())
                .isEqualTo("2026-11-28T12:00:00Z: before this program was made, 2026-11-30T12:00:00Z");
        assertThat(new ClockCheck(InstantSource.fixed(now), now, "127.0.0.1:1")
                        .look()
                        .well())
                .isTrue();
    }

    @Test
    void looksAtWhatTheDescriptorNames() throws Exception {
        Vertx vertx = Vertx.vertx();
        JsonObject json = new JsonObject()
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("health", new JsonObject().put("address", "127.0.0.1:0"));
        ExaminedService parts = new ExaminedService(vertx, json, ServiceDescriptor.parse(json));
        List<Finding> findings =
                new Doctor(CheckList.of(parts, Duration.ofSeconds(5))).examine().toList();
        assertThat(findings).allMatch(Finding::well);
        assertThat(findings.stream().map(Finding::subject))
                .containsExactly("java", "port", "port", "registry", "broker", "clock");
        parts.close();
        vertx.close().await(5, TimeUnit.SECONDS);
    }
}
