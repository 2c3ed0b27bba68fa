package dev.vertxmicro.eventbus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
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

    private static void refuses(RegistrationRules rules, ServiceInfo single, String why) {
        assertThatThrownBy(() -> rules.check(single)).isInstanceOfSatisfying(MicroException.class, refused -> {
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.detail()).isEqualTo("service greeter, node greeter-1: " + why);
        });
    }

    @Test
    void takesWhatIsNamed() {
        ServiceInfo greeter = greeter(Map.of());
        assertThatCode(() -> RegistrationRules.OPEN.check(greeter)).doesNotThrowAnyException();
        assertThatCode(() -> new RegistrationRules(List.of("shop.*", "gree*"), Secret.NONE).check(greeter))
                .doesNotThrowAnyException();
        refuses(
                new RegistrationRules(List.of("shop.*", "greet"), Secret.NONE),
                greeter,
                "not to be registered here (expected: shop.* | greet)");
    }

    @Test
    void takesWhatIsSignedByItsSecret() {
        ServiceInfo signed = RegistrationSignature.sign(greeter(Map.of("zone", "a")), SECRET);
        assertThatCode(() -> SIGNED.check(signed)).doesNotThrowAnyException();
        assertThatCode(() -> SIGNED.check(RegistrationSignature.sign(signed, SECRET)))
                .doesNotThrowAnyException();
        assertThat(RegistrationSignature.sign(signed, Secret.NONE)).isEqualTo(signed);
    }

    @Test
    void refusesWhatIsNotSignedOrChangedSince() {
        refuses(SIGNED, greeter(Map.of()), "not signed (expected: micro-signature in the metadata of the node)");
        String changed =
                "signed by another secret, or changed since (expected: micro-signature in the metadata of the node)";
        refuses(SIGNED, RegistrationSignature.sign(greeter(Map.of()), Secret.of("another secret!!")), changed);
        Node node = RegistrationSignature.sign(greeter(Map.of("zone", "a")), SECRET)
                .nodes()
                .get(0);
        refuses(SIGNED, service("greeter", "1.0.1", node), changed);
        refuses(SIGNED, service("greeter", "1.0.0", new Node(node.id(), "10.0.0.2:80", node.metadata())), changed);
        refuses(
                SIGNED,
                greeter(Map.of("zone", "b", "micro-signature", node.metadata().get("micro-signature"))),
                changed);
        refuses(SIGNED, greeter(Map.of("micro-signature", "")), changed);
    }

    /** So that whoever registers without this toolkit can sign too. */
    @Test
    void signsWhatIsWritten() {
        ServiceInfo service = service(
                "greeter",
                "1.0.0",
                new Node("greeter-1", "10.0.0.1:80", Map.of("zone", "\"a\\\n\u0001\u00fc", "b", "1")));
        // node: createHmac('sha256', 'sixteen letters!').update(JSON.stringify({address, id, metadata, service,
        // version})).digest('hex')
        assertThat(RegistrationSignature.sign(service, SECRET).nodes().get(0).metadata())
                .containsEntry("micro-signature", "d6d3e3fdf6c1f75d7aee5f67c6586787ee3c4c31209f790bcfc91a626af8d23f");
    }
}
