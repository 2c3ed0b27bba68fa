package dev.vertxmicro.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Empty;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonOptionsTest {
    @Test
    void writesAsGoPeersDoByDefault() {
        assertThat(JsonOptions.DEFAULTS).isEqualTo(new JsonOptions(false, false, Set.of()));
    }

    @Test
    void hasProtobufsOwnMappingReady() {
        assertThat(JsonOptions.PROTOBUF).isEqualTo(new JsonOptions(true, true, Set.of()));
    }

    @Test
    void mapsEveryComponent() {
        Set<Descriptor> types = Set.of(Empty.getDescriptor());
        assertThat(JsonOptions.DEFAULTS.withCamelCase(true).withText(true).withTypes(types))
                .isEqualTo(new JsonOptions(true, true, types));
        assertThat(JsonOptions.class.getRecordComponents()).hasSize(3);
    }
}
