package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network namespace for each process, all on one bridge; where that is not allowed, ports of loopback, which cannot be cut. */
final class ClusterNetwork implements AutoCloseable {
    private static final int HAZELCAST = 15701;
    private static final int SERVER = 18000;
    private static final String BRIDGE = "br0";

    private final Path directory;
    private final int mdns = FreePorts.next();
    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final boolean apart;
    private final List<Integer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    /** Makes it for so many processes, on loopback unless they are to be apart and that is allowed. */
    ClusterNetwork(Path directory, int processes, boolean apart) {
        this.directory = directory;
        this.apart = apart && apartHere();
        for (int i = 0; i < processes; i++) {
            ports.add(this.apart ? HAZELCAST : FreePorts.next());
            servers.add(this.apart ? SERVER : FreePorts.next());
        }
        if (this.apart) {
            connect(processes);
        }
    }

    /** Tells whether processes have networks of their own here. */
    static boolean apartHere() {
        return Requirement.NETWORK.isMet();
    }

    private void connect(int processes) {
        NetworkNamespace middle = NetworkNamespace.create();
        middle.ip("link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
        middle.ip("link", "set", BRIDGE, "up");
        for (int i = 0; i < processes; i++) {
            NetworkNamespace made = NetworkNamespace.create();
            middle.ip("link", "add", port(i), "type", "veth", "peer", "name", "eth0", "netns", made.name());
            middle.ip("link", "set", port(i), "master", BRIDGE, "up");
            made.ip("addr", "add", host(i) + "/24", "dev", "eth0");
            made.ip("link", "set", "eth0", "up");
            namespaces.add(made);
        }
        namespaces.add(middle);
    }

    private static String port(int index) {
        return "port" + index;
    }

    private NetworkNamespace middle() {
        return namespaces.get(namespaces.size() - 1);
    }

    /** Drops silently what a process sends and what is sent to it. */
    void cut(int index) {
        middle().ip("link", "set", port(index), "nomaster");
    }

    void heal(int index) {
        middle().ip("link", "set", port(index), "master", BRIDGE);
    }

    String host(int index) {
        return apart ? "10.77.0." + (index + 1) : "127.0.0.1";
    }

    /** Where a server listens. */
    String server(int index) {
        return host(index) + ":" + servers.get(index);
    }

    /** Port of multicast, of this cluster alone. */
    int mdns() {
        return mdns;
    }

    String device() {
        return apart ? "eth0" : "lo";
    }

    List<String> inside(int index) {
        return apart ? namespaces.get(index).inside() : List.of();
    }

    /** Writes conf/cluster/cluster.xml with the addresses of these processes. */
    Path hazelcast(int index) throws IOException {
        String members = IntStream.range(0, ports.size())
                .mapToObj(i -> "<member>" + host(i) + ":" + ports.get(i) + "</member>")
                .collect(Collectors.joining());
        String own = "<port auto-increment=\"false\">" + ports.get(index) + "</port>";
        String config = Files.readString(conf("cluster/cluster.xml"))
                .replaceAll("<port [^>]*>.*</port>", own)
                .replaceAll("(?s)(<tcp-ip [^>]*>).*(</tcp-ip>)", "$1" + members + "$2")
                .replaceAll("<interface>.*</interface>", "<interface>" + host(index) + "</interface>")
                .replaceAll(
                        "<cluster-name>.*</cluster-name>",
                        "<cluster-name>" + directory.getFileName() + "</cluster-name>");
        return Files.writeString(directory.resolve("hazelcast" + index + ".xml"), config);
    }

    /** Finds the root of the checkout, from there or from a module. */
    static Path home() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("conf")) ? here : here.resolve("..").normalize();
    }

    /** Finds a file of conf. */
    static Path conf(String name) {
        return home().resolve("conf").resolve(name);
    }

    @Override
    public void close() {
        namespaces.forEach(NetworkNamespace::close);
    }
}
