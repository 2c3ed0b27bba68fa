package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.ClusteredVertx;
import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.OwnJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processes of a cluster, its client, and the network between. Closing it ends all. */
final class ClusterStage implements AutoCloseable {
    private static final List<Role> NODES = List.of(Role.REGISTRY, Role.BROKER, Role.HANDLER, Role.SERVER);

    private final FaultScale scale;
    private final Path directory;
    private final boolean registered;
    private final RoleDescriptors descriptors;
    private final List<String> notes = new ArrayList<>();
    private final ClusterNetwork network;
    private final Map<Integer, OwnJvm> processes = new TreeMap<>();
    private String calls = "";
    private long begun;

    /** Sets one up, with networks apart, where that is allowed, and a registry; or on loopback and without. */
    ClusterStage(FaultScale scale, Path directory, boolean apart) {
        this.scale = scale;
        this.directory = directory;
        this.registered = apart;
        this.network = new ClusterNetwork(directory, apart ? Role.processes() : Role.BY_HAND.index(1), apart);
        this.descriptors = new RoleDescriptors(scale, network, apart);
    }

    FaultScale scale() {
        return scale;
    }

    /** Which number a process has, those that fail first first. */
    private int which(int turn) {
        return Math.floorMod((int) scale.seed() + turn, Role.EACH);
    }

    private int index(Role role, int turn) {
        return role.index(role.isSingle() ? 0 : which(turn));
    }

    /** Starts all; those that fail first begin first, so that duties are theirs. */
    void startAll() throws IOException {
        for (int turn = 0; turn < Role.EACH; turn++) {
            start(Role.REGISTRY, turn);
            start(Role.BROKER, turn);
            await(Role.REGISTRY, turn);
            await(Role.BROKER, turn);
        }
        for (Role role : List.of(Role.HANDLER, Role.SERVER)) {
            for (int turn = 0; turn < Role.EACH; turn++) {
                start(role, turn);
            }
        }
        start(Role.CLIENT, 0);
        for (Role role : List.of(Role.HANDLER, Role.SERVER)) {
            for (int turn = 0; turn < Role.EACH; turn++) {
                await(role, turn);
            }
        }
        await(Role.CLIENT, 0);
    }

    void start(Role role, int turn) throws IOException {
        int index = index(role, turn);
        List<String> ofJvm = new ArrayList<>(ClusteredVertx.options(network.hazelcast(index), network.host(index)));
        ofJvm.add("-Djava.util.logging.config.file="
                + ClusterNetwork.conf("logging.properties").toAbsolutePath());
        if (!registered) {
            ofJvm.add("-XX:TieredStopAtLevel=4"); // what is measured is speed
        }
        OwnJvm.Place place = new OwnJvm.Place(network.inside(index), ofJvm, log(index));
        processes.put(
                index,
                role == Role.CLIENT
                        ? OwnJvm.start(
                                "client",
                                place,
                                ClusterLoad.class,
                                List.of(descriptors.client().encode()))
                        : OwnJvm.start(
                                role.word() + " " + turn,
                                place,
                                ClusterProcess.class,
                                List.of(
                                        role.name(),
                                        Integer.toString(which(turn)),
                                        descriptors
                                                .of(role, network.server(index))
                                                .encode())));
    }

    /** Starts a node as a user does, by {@code bin/vertx}, where a distribution is built; else as any other. */
    void launch(Role role, int turn) throws IOException {
        Path home = ClusterNetwork.home();
        if (!Files.isDirectory(home.resolve("distribution/target/vertx-micro/lib"))) {
            start(role, turn);
            return;
        }
        int index = index(role, turn);
        List<String> command = new ArrayList<>(network.inside(index));
        command.add(home.resolve("bin/vertx").toString());
        command.add("run");
        if (role == Role.HANDLER) {
            Path classes = Path.of(PlainClock.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            command.addAll(List.of(PlainClock.class.getName(), "-cp", classes.toString()));
        } else {
            String conf = descriptors.of(role, network.server(index)).encode();
            command.addAll(List.of("dev.vertxmicro.verticle.ServerVerticle", "-conf", conf));
        }
        command.addAll(List.of("-cluster", "-cluster-host", network.host(index)));
        String options = OwnJvm.flags() + " -Dvertx.hazelcast.config=" + network.hazelcast(index);
        processes.put(index, OwnJvm.start(role.word() + " " + turn, command, Map.of("JAVA_OPTS", options), log(index)));
    }

    void await(Role role, int turn) throws IOException {
        node(role, turn).awaitReady();
    }

    private Path log(int index) {
        return directory.resolve("process" + index + ".log");
    }

    /** Where a server listens. */
    String address(Role server, int turn) {
        return network.server(index(server, turn));
    }

    /** A process, those that fail first first. */
    OwnJvm node(Role role, int turn) {
        OwnJvm found = processes.get(index(role, turn));
        if (found == null) {
            throw new IllegalStateException(role.word() + " " + turn + ": not started");
        }
        return found;
    }

    void restart(Role role, int turn) throws IOException {
        start(role, turn);
        await(role, turn);
    }

    void cut(Role role, int turn) {
        network.cut(index(role, turn));
    }

    void heal(Role role, int turn) {
        network.heal(index(role, turn));
    }

    /** Has the client do something, and gives what it says. */
    List<String> ask(String command) throws IOException {
        OwnJvm client = node(Role.CLIENT, 0);
        client.tell(command);
        return client.readAll();
    }

    /** Lets the client call and publish. */
    void begin(boolean idempotent) throws IOException, InterruptedException {
        ask("warm 2000");
        ask("start " + scale.perSecond() + " " + idempotent);
        Thread.sleep(Math.max(1000, scale.millis(3)));
        begun = System.currentTimeMillis();
    }

    /** Waits until a time of the scenario, in seconds of sixty. */
    void until(double ofSixty) throws InterruptedException {
        Thread.sleep(Math.max(0, begun + scale.millis(ofSixty) - System.currentTimeMillis()));
    }

    /** Ends the calls. */
    CallLog end() throws IOException {
        CallLog log =
                new CallLog(ask("stop").stream().map(CallLog.Entry::parse).toList()).between(begun, Long.MAX_VALUE);
        calls = String.format(
                Locale.ROOT,
                "sent %6d failed %5d p50 %.1f p99.9 %.1f ms; ",
                log.sent(),
                log.failed(),
                log.millis(0.5),
                log.millis(0.999));
        notes.addAll(log.failures());
        return log;
    }

    /** Counts the lines that each node has logged. */
    Map<String, Long> logged() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (Role role : NODES) {
            for (int turn = 0; turn < Role.EACH; turn++) {
                try (Stream<String> lines = Files.lines(log(index(role, turn)))) {
                    counts.put(role.word() + " " + turn, lines.count());
                }
            }
        }
        return counts;
    }

    /** Finds the node that has most memory. */
    long mostMegabytes() throws IOException {
        long most = 0;
        for (Role role : NODES) {
            for (int turn = 0; turn < Role.EACH; turn++) {
                long megabytes = node(role, turn).residentMegabytes();
                note(role.word() + " " + turn + " has " + megabytes + " MB");
                most = Math.max(most, megabytes);
            }
        }
        return most;
    }

    /** Keeps a line that explains a figure. */
    void note(String line) {
        notes.add(line);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What became of the calls; empty if there were none. */
    String calls() {
        return calls;
    }

    @Override
    public void close() {
        processes.values().forEach(OwnJvm::close);
        network.close();
    }
}
