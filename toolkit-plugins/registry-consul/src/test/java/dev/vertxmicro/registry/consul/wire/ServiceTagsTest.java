package dev.vertxmicro.registry.consul.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.testkit.fuzz.Inputs;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceTagsTest {
    /** What go-micro wrote, taken from its output. */
    private static final String GO_VERSION = "v-789c32d433d03300040000ffff02ce00ee";

    private static final String GO_METADATA = "t-789caa562a28ca2fc94fcecf51b252ca2d4d2e50aa05040000ffff46a906e2";
    private static final String GO_ENDPOINT =
            "e-789c8ccd310ac2401085e1bbbc3a7880bd80d6b66231e02308b39bb8332b48d8bb8b1286041bab078f1fbe0545329170aca4b31e4e549d30a0f2d1688e14c5797d06f86bde1f4fd14643ba44fc9d28cdebbd8c9bb034d57eed1fc6e6a91877ce7a6da0787ea56ce33f50a6cb4d5c9096dedf010000ffffe9a4537b";

    @Test
    void readsWhatGoMicroWrites() {
        ServiceTags tags = ServiceTags.read(List.of(GO_METADATA, GO_ENDPOINT, GO_VERSION, "blue"));
        assertThat(tags.version()).contains("1.0.0");
        assertThat(tags.metadata()).containsExactly(Map.entry("protocol", "mucp"));
        assertThat(tags.endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.name()).isEqualTo("Greeter.Hello");
            assertThat(endpoint.request()).isPresent();
        });
        assertThat(ServiceTags.read(List.of("v-789cca492c492d2e01040000ffff08cc028e"))
                        .version())
                .contains("latest");
    }

    @Test
    void writesInTheOrderOfGoMicroAndReadsItBack() {
        EndpointInfo hello = new EndpointInfo(
                "Greeter.Hello",
                Optional.of(new Value("Request", "Request", List.of(new Value("name", "string", List.of())))),
                Optional.empty(),
                Map.of("stream", "true"));
        Node node = new Node("n1", "h:1", Map.of("protocol", "mucp", "zone", "ä \"b\""));
        List<String> tags = ServiceTags.write("1.0.0", List.of(hello), node);
        assertThat(tags).hasSize(4);
        assertThat(tags).allMatch(tag -> tag.matches("[tev]-[0-9a-f]+"));
        assertThat(String.join("", tags.stream().map(tag -> tag.substring(0, 1)).toList()))
                .isEqualTo("ttev");
        ServiceTags read = ServiceTags.read(tags);
        assertThat(read.version()).contains("1.0.0");
        assertThat(read.endpoints()).containsExactly(hello);
        assertThat(read.metadata()).isEqualTo(node.metadata());
    }

    @Test
    void readsTheOldPlainForms() {
        ServiceTags tags = ServiceTags.read(
                List.of("t={\"zone\":\"a\"}", "e={\"name\":\"A.B\"}", "v=0.9", GO_VERSION, GO_METADATA));
        assertThat(tags.version()).contains("0.9");
        assertThat(tags.metadata()).containsExactly(Map.entry("zone", "a"));
        assertThat(tags.endpoints()).extracting(EndpointInfo::name).containsExactly("A.B");
    }

    @Test
    void leavesOutWhatIsNotGoMicros() {
        ServiceTags tags = ServiceTags.read(List.of(
                "",
                "t",
                "v",
                "e",
                "traefik.enable=true",
                "e-commerce",
                "t-shirt",
                "v-2",
                "v1",
                "t-00",
                "v-zz",
                "e-789c"));
        assertThat(tags.version()).isEmpty();
        assertThat(tags.endpoints()).isEmpty();
        assertThat(tags.metadata()).isEmpty();
    }

    @Test
    void doesNotUnfoldABomb() {
        String bomb = HexFormat.of().formatHex(Inputs.bomb());
        ServiceTags tags = ServiceTags.read(List.of("t-" + bomb, "e-" + bomb, "v-" + bomb));
        assertThat(tags).isEqualTo(new ServiceTags(Optional.empty(), List.of(), Map.of()));
    }

    @Test
    void readsMetadataOfTheWrongTypeAsNothing() {
        byte[] wrong = Inputs.packed("{\"zone\":1}");
        assertThat(ServiceTags.read(List.of("t-" + HexFormat.of().formatHex(wrong)))
                        .metadata())
                .isEmpty();
    }
}
