package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would be gone with the command is refused, whether or not a server is there. */
class CopyTargetTest {
    private static final VertxHome VERTX = VertxHome.shared();

    @ParameterizedTest
    @ValueSource(strings = {"memory", "mdns", "dns-sd", "nats", "zookeeper", "kubernetes", "eventbus"})
    void wouldNotOutliveTheCommand(String type) {
        assertThat(VERTX.run("registry", "copy", "--from", "static", "--to", type))
                .isEqualTo(new Result(
                        2,
                        "",
                        "--to: \"" + type
                                + "\" (expected: a registry that keeps copies when this command has ended, such"
                                + " as consul or etcd)\n"));
    }
}
