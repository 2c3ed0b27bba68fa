package dev.vertxmicro.launcher.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster manager a process joins by. */
class ClusterChoiceTest {
    @TempDir
    private Path directory = Path.of("");

    private static CommandLine line(String... words) {
        return CommandLine.parse(
                Usage.named("run", "x").add(ClusterChoice.flag()).build(), List.of(words));
    }

    /** A class path with further cluster managers. */
    private ClassLoader with(Class<?>... types) throws IOException {
        StringBuilder names = new StringBuilder();
        for (Class<?> type : types) {
            names.append(type.getName()).append('\n');
        }
        return naming(names.toString());
    }

    private ClassLoader naming(String names) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(VertxServiceProvider.class.getName()), names);
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
    }

    private static String refusal(int exitCode, Map<String, String> environment, ClassLoader loader, String... words) {
        LaunchException refused =
                catchThrowableOfType(LaunchException.class, () -> ClusterChoice.of(line(words), environment, loader));
        assertThat(refused.exitCode()).isEqualTo(exitCode);
        return String.valueOf(refused.getMessage());
    }

    private final ClassLoader plain = getClass().getClassLoader();

    @Test
    void isHazelcastWhereNobodySaysOtherwise() {
        assertThat(ClusterChoice.of(line(), Map.of(), plain)).isExactlyInstanceOf(HazelcastClusterManager.class);
        assertThat(ClusterChoice.of(line("--cluster-manager", "hazelcast"), Map.of(), plain))
                .isExactlyInstanceOf(HazelcastClusterManager.class);
    }

    @Test
    void isTheOneThatTheUsersClassPathBrings() throws IOException {
        assertThat(ClusterChoice.of(line(), Map.of(), with(FirstOwn.class))).isInstanceOf(FirstOwn.class);
    }

    @Test
    void isTheOneThatIsNamed() throws IOException {
        ClassLoader both = with(FirstOwn.class, SecondOwn.class);
        String second = SecondOwn.class.getName();
        assertThat(ClusterChoice.of(line("--cluster_manager", second), Map.of(), both))
                .isInstanceOf(SecondOwn.class);
        assertThat(ClusterChoice.of(line(), Map.of(ClusterChoice.VARIABLE, second), both))
                .isInstanceOf(SecondOwn.class);
        assertThat(ClusterChoice.of(line("--cluster-manager=hazelcast"), Map.of(ClusterChoice.VARIABLE, second), both))
                .isExactlyInstanceOf(HazelcastClusterManager.class);
    }

    @Test
    void isNoneOfSeveralThatNobodyNames() throws IOException {
        assertThat(refusal(2, Map.of(), with(FirstOwn.class, SecondOwn.class)))
                .startsWith("cluster: several cluster managers on the class path: ")
                .endsWith("(expected: one, or --cluster-manager with the one that is meant)");
    }

    @Test
    void mustBeThere() {
        assertThat(refusal(15, Map.of(), plain, "--cluster-manager", "ignite"))
                .isEqualTo("--cluster-manager: ignite: not on the class path (expected: lib/cluster/ignite of the"
                        + " distribution, or vertx-ignite and what it needs with -cp)");
        assertThat(refusal(2, Map.of(ClusterChoice.VARIABLE, "redis"), plain))
                .isEqualTo(
                        ClusterChoice.VARIABLE + ": \"redis\" (expected: hazelcast, ignite, infinispan, zookeeper, or"
                                + " the class of a cluster manager that -cp brings)");
    }

    @Test
    void isNotPassedOverWhereItCannotBeLoaded() throws IOException {
        assertThat(refusal(15, Map.of(), naming("no.such.ClusterManager\n")))
                .startsWith("cluster: a cluster manager cannot be loaded: ")
                .contains("no.such.ClusterManager");
    }

    @Test
    void sendsAddressesWithoutSlashesToOneThatMakesPathsOfThem() {
        for (String address : List.of("micro.registry", "micro.registry/5f0c", "a%2Fb/%25", "")) {
            String encoded = EncodedAddresses.encoded(address);
            assertThat(encoded).doesNotContain("/");
            assertThat(EncodedAddresses.decoded(encoded)).isEqualTo(address);
        }
    }

    /** One that a user may have. */
    public static final class FirstOwn extends HazelcastClusterManager {}

    /** Another. */
    public static final class SecondOwn extends HazelcastClusterManager {}
}
