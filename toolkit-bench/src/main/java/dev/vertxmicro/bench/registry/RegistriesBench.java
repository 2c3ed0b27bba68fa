package dev.vertxmicro.bench.registry;

import dev.vertxmicro.bench.registry.backend.Backend;
import dev.vertxmicro.bench.registry.backend.ConsulBackend;
import dev.vertxmicro.bench.registry.backend.EtcdBackend;
import dev.vertxmicro.bench.registry.backend.KubernetesBackend;
import dev.vertxmicro.bench.registry.backend.ZookeeperBackend;
import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Prints what registries with a real server behind them take with 1,000 services of three nodes, beside bare clients of those servers. */
public final class RegistriesBench {
    /** Of ZooKeeper and Curator, which tell of each connection. Held, as a logger that nobody holds forgets its level. */
    private static final Logger TALKATIVE = Logger.getLogger("org.apache");

    private static final Map<String, Start> BACKENDS = new LinkedHashMap<>();

    static {
        TALKATIVE.setLevel(Level.WARNING);
        BACKENDS.put("etcd", new Start(EtcdBackend::start, Optional.of(Requirement.ETCD)));
        BACKENDS.put("zookeeper", new Start(ZookeeperBackend::start, Optional.empty()));
        BACKENDS.put("consul", new Start(ConsulBackend::start, Optional.of(Requirement.CONSUL)));
        BACKENDS.put("kubernetes", new Start(KubernetesBackend::start, Optional.of(Requirement.KUBERNETES)));
    }

    /** How a backend is started, and what it needs. */
    private record Start(Function<Path, Backend> how, Optional<Requirement> needs) {}

    private RegistriesBench() {}

    /**
     * Measures and prints; what cannot be started here is left out, with a line.
     *
     * @param args names of backends; all if there are none
     * @throws Exception if an answer was wrong
     */
    public static void main(String[] args) throws Exception {
        BackendRun run = new BackendRun(
                Integer.getInteger("bench.services", 1_000),
                Integer.getInteger("bench.events", 100),
                Integer.getInteger("bench.rest", 120),
                System.out);
        run(args.length == 0 ? List.copyOf(BACKENDS.keySet()) : List.of(args), run, System.out);
        System.exit(0);
    }

    /** Measures some of the backends. */
    static void run(List<String> names, BackendRun run, PrintStream out) throws Exception {
        for (String name : names) {
            Start start = Optional.ofNullable(BACKENDS.get(name))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "backend: " + name + " (expected: " + String.join(", ", BACKENDS.keySet()) + ")"));
            if (start.needs().isPresent() && !start.needs().get().isMet()) {
                out.println(name + ": left out: " + start.needs().get().reason());
                continue;
            }
            Path directory = Files.createTempDirectory("bench-" + name);
            try (Backend backend = start.how().apply(directory)) {
                run.run(backend);
            } finally {
                delete(directory);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
