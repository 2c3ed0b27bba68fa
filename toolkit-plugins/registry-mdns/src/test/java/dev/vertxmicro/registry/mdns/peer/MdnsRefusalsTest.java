package dev.vertxmicro.registry.mdns.peer;

import static dev.vertxmicro.registry.mdns.peer.MdnsPeerTest.node;
import static dev.vertxmicro.registry.mdns.peer.MdnsPeerTest.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What mDNS cannot carry, and what remains of it: nothing. */
class MdnsRefusalsTest {
    private static final Duration TTL = Duration.ofSeconds(10);

    private final FakeNetwork network = new FakeNetwork();
    private final MdnsPeer server = network.join();
    private final MdnsPeer client = network.join();

    @Test
    void refusesWhatDoesNotFitIntoADatagram() {
        byte[] noise = new byte[40_000];
        new SplittableRandom(1).nextBytes(noise);
        Map<String, String> metadata = Map.of("noise", HexFormat.of().formatHex(noise));
        ServiceInfo huge = service("foo", "1", new Node("foo-1", "10.0.0.1:1", metadata));
        refuses(huge, "node \"foo-1\": ", "(expected: <= 65507, the limit of a UDP datagram)");
    }

    @Test
    void refusesWhatDnsCannotName() {
        String label = "a".repeat(64);
        refuses(
                service(label, "1", node("n", 1)),
                "service name: label \"" + label,
                "is 64 bytes long (expected: <= 63");
        refuses(service("foo", "1", node(label, 1)), "node id: label \"" + label, "is 64 bytes long (expected: <= 63");
        refuses(service("foo", "1", node("a.".repeat(125) + "a", 1)), "node id: ", "(expected: <= 255)");
        refuses(service("a..b", "1", node("n", 1)), "service name: \"a..b.micro\" has an empty label");
        assertThat(network.announcements).isEmpty();
        server.register(service("b".repeat(63), "1", node("a".repeat(63), 1)), TTL);
    }

    @Test
    void refusesAHostName() {
        refuses(
                service("foo", "1", node("ok", 1), new Node("bad", "localhost:1", Map.of())),
                "address of node \"bad\": \"localhost:1\" (expected: a literal IP address and a port");
        for (String address :
                List.of("", ":1", "10.0.0.1", "10.0.0.1:", "10.0.0.1:70000", "10.0.0.1:x", "::1:5", "[10.0.0.1]:5")) {
            refuses(service("foo", "1", new Node("bad", address, Map.of())), "address of node \"bad\"");
        }
        assertThat(network.announcements).as("nothing is registered in part").isEmpty();
    }

    private void refuses(ServiceInfo service, String... details) {
        assertThatExceptionOfType(MicroException.class)
                .isThrownBy(() -> server.register(service, TTL))
                .satisfies(error -> assertThat(error.code()).isEqualTo(400))
                .satisfies(error -> assertThat(error.detail()).contains(details));
    }

    @Test
    void remembersNoNameThatItRefuses() {
        assertThatExceptionOfType(MicroException.class)
                .isThrownBy(() -> client.watch("a..b", change -> {}, known -> {}, () -> {}))
                .withMessageContaining("has an empty label");
        client.interfacesChanged(); // asks for all that is of interest
    }
}
