package dev.vertxmicro.bench.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesBenchTest {

    @Requires({Requirement.CONSUL, Requirement.ETCD, Requirement.KUBERNETES})
    @ParameterizedTest
    @ValueSource(strings = {"etcd", "zookeeper", "consul", "kubernetes"})
    void measuresABackendBesideItsBareClient(String name) throws Exception {
        assertThat(printed(name))
                .contains(name + ": 4 services of 3 nodes, ")
                .contains("list  of all by a client that connects: ")
                .contains("watch of all by a client that connects: ")
                .contains("heap of a client that watches all: ")
                .contains("ratio registries:" + name + "-one-p99-ms ")
                .contains("ratio registries:" + name + "-all-p99-ms ")
                .contains("ratio registries:" + name + "-one/bare ");
    }

    @Test
    void namesTheBackendsThatThereAre() {
        assertThatThrownBy(() -> printed("etcd2"))
                .hasMessage("backend: etcd2 (expected: etcd, zookeeper, consul, kubernetes)");
    }

    private static String printed(String name) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            RegistriesBench.run(List.of(name), new BackendRun(4, 2, 0, out), out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
