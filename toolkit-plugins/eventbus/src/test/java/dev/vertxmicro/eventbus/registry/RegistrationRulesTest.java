package dev.vertxmicro.eventbus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationRulesTest {
    private static final Secret SECRET = Secret.of("sixteen letters!");
    private static final RegistrationRules SIGNED = new RegistrationRules(List.of(), SECRET);

    private static ServiceInfo service(String name, String version, Node node) {
        return new ServiceInfo(name, version, Map.of(), List.of(), List.of(node));
    }

    private static ServiceInfo greeter(Map<String, String> metadata) {
        return service("greeter", "1.0.0", new Node("greeter-1", "10.0.0.1:80", metadata));
    }

    private static RegistrationRequest register(ServiceInfo single) {
        return new RegistrationRequest("register", single, "me", Duration.ofSeconds(30));
    }

    private static ServiceInfo sign(ServiceInfo single, Secret secret) {
        return RegistrationSignature.sign(register(single), secret);
    }

    private static void refuses(RegistrationRules rules, ServiceInfo single, String why) {
        assertThatThrownBy(() -> rules.check(register(single)))
                .isInstanceOfSatisfying(MicroException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(403);
                    assertThat(refused.detail()).isEqualTo("service greeter, node greeter-1: " + why);
                });
    }

    @Test
    void takesWhatIsNamed() {
        ServiceInfo greeter = greeter(Map.of());
        assertThatCode(() -> RegistrationRules.OPEN.check(register(greeter))).doesNotThrowAnyException();
        assertThatCode(() -> new RegistrationRules(List.of("shop.*", "gree*"), Secret.NONE).check(register(greeter)))
                .doesNotThrowAnyException();
        refuses(
                new RegistrationRules(List.of("shop.*", "greet"), Secret.NONE),
                greeter,
                "not to be registered here (expected: shop.* | greet)");
    }

    @Test
    void takesWhatIsSignedByItsSecret() {
        ServiceInfo signed = sign(greeter(Map.of("zone", "a")), SECRET);
        assertThatCode(() -> SIGNED.check(register(signed))).doesNotThrowAnyException();
        assertThatCode(() -> SIGNED.check(register(sign(signed, SECRET)))).doesNotThrowAnyException();
        assertThat(sign(signed, Secret.NONE)).isEqualTo(signed);
    }

    @Test
    void refusesWhatIsNotSignedOrChangedSince() {
        refuses(SIGNED, greeter(Map.of()), "not signed (expected: micro-signature in the metadata of the node)");
        String changed =
                "signed by another secret, or changed since (expected: micro-signature in the metadata of the node)";
        refuses(SIGNED, sign(greeter(Map.of()), Secret.of("another secret!!")), changed);
        Node node = sign(greeter(Map.of("zone", "a")), SECRET).nodes().get(0);
        refuses(SIGNED, service("greeter", "1.0.1", node), changed);
        refuses(SIGNED, service("greeter", "1.0.0", new Node(node.id(), "10.0.0.2:80", node.metadata())), changed);
        refuses(
                SIGNED,
                greeter(Map.of("zone", "b", "micro-signature", node.metadata().get("micro-signature"))),
                changed);
        refuses(SIGNED, greeter(Map.of("micro-signature", "")), changed);
    }

    @Test
    void refusesASignatureOfSomethingElse() {
        ServiceInfo signed = sign(greeter(Map.of()), SECRET);
        for (RegistrationRequest other : List.of(
                new RegistrationRequest("deregister", signed, "me", Duration.ofSeconds(30)),
                new RegistrationRequest("register", signed, "you", Duration.ofSeconds(30)),
                new RegistrationRequest("register", signed, "me", Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> SIGNED.check(other)).hasMessageContaining("changed since");
        }
    }

    @Test
    void takesTheSignatureOffBeforeOthersReadIt() {
        ServiceInfo plain = greeter(Map.of("zone", "a"));
        assertThat(RegistrationRules.unsigned(sign(plain, SECRET))).isEqualTo(plain);
        assertThat(RegistrationRules.unsigned(plain)).isSameAs(plain);
    }

    @Test
    void tellsHalvesOfPairsFromWhatStandsForThem() {
        assertThat(sign(greeter(Map.of("a", "\ud800")), SECRET)
                        .nodes()
                        .get(0)
                        .metadata()
                        .get("micro-signature"))
                .isNotEqualTo(sign(greeter(Map.of("a", "?")), SECRET)
                        .nodes()
                        .get(0)
                        .metadata()
                        .get("micro-signature"));
    }

    /** So that whoever registers without this toolkit can sign too. */
    @Test
    void signsWhatIsWritten() {
        ServiceInfo service = service(
                "greeter",
                "1.0.0",
                new Node("greeter-1", "10.0.0.1:80", Map.of("zone", "\"a\\\n\u0001\u00fc", "b", "1")));
        // node: createHmac('sha256', 'sixteen letters!').update(JSON.stringify({action, address, id, metadata, owner,
        // service, ttl, version})).digest('hex')
        assertThat(sign(service, SECRET).nodes().get(0).metadata())
                .containsEntry("micro-signature", "6cc758fd12242879a21cf64d97c3e250fd223450b1257b88c2b3515d6500cd2c");
    }
}
