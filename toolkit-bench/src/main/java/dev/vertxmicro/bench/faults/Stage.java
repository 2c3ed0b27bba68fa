package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.ClusteredVertx;
import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.OwnJvm;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three nodes, a client, and what is between them. Closing it ends all. */
final class Stage implements AutoCloseable {
    static final int NODES = 3;

    private final FaultScale scale;
    private final Scenario.Setting setting;
    private final Path directory;
    private final JsonObject registry;
    private final Optional<ConsulAgent> consul;
    private final List<Integer> ports = new ArrayList<>();
    private final List<FreezingRelay> relays = new ArrayList<>();
    private final List<OwnJvm> nodes = new ArrayList<>();
    private final Map<String, Long> marks = new HashMap<>();
    private final OwnJvm client;
    private long begun;

    Stage(FaultScale scale, Scenario.Setting setting, Path directory) throws IOException {
        this.scale = scale;
        this.setting = setting;
        this.directory = directory;
        this.consul = setting.registry().equals("consul") ? Optional.of(ConsulAgent.dev(directory)) : Optional.empty();
        this.registry = registry();
        this.client = OwnJvm.start(
                "client", place("client"), LoadWorker.class, List.of(ofClient().encode()));
        client.awaitReady(); // it owns the registry of a cluster
        for (int i = 0; i < NODES; i++) {
            ports.add(FreePorts.next());
            if (setting.relayed()) {
                relays.add(FreezingRelay.to(ports.get(i)));
            }
            nodes.add(launch(i));
        }
        for (OwnJvm node : nodes) {
            node.awaitReady();
        }
    }

    private boolean clustered() {
        return setting.registry().equals("eventbus");
    }

    private OwnJvm.Place place(String name) {
        List<String> options = clustered() ? ClusteredVertx.options() : List.of();
        return new OwnJvm.Place(List.of(), options, directory.resolve(name + ".log"));
    }

    private JsonObject registry() {
        if (clustered()) {
            return new JsonObject().put("type", "eventbus");
        }
        return consul.map(agent -> new JsonObject()
                        .put("type", "consul")
                        .put("ttl", "10s")
                        .put("interval", "5s")
                        .put("consul", new JsonObject().put("address", agent.address())))
                .orElseGet(() -> new JsonObject()
                        .put("type", "mdns")
                        .put(
                                "mdns",
                                new JsonObject()
                                        .put("address", "239.255.77.8:" + FreePorts.next())
                                        .put("interfaces", new JsonArray().add("lo"))));
    }

    private JsonObject ofClient() {
        JsonObject made = new JsonObject().put("registry", registry);
        if (!scale.timeout().isEmpty()) {
            made.put("client", new JsonObject().put("requestTimeout", scale.timeout()));
        }
        if (!setting.strategy().isEmpty()) {
            made.put("selector", new JsonObject().put("strategy", setting.strategy()));
        }
        return made;
    }

    private OwnJvm launch(int number) throws IOException {
        JsonObject server = new JsonObject().put("address", "127.0.0.1:" + ports.get(number));
        if (setting.relayed()) {
            server.put("advertise", relays.get(number).address());
        }
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", FaultyGreeter.SERVICE))
                .put("registry", registry)
                .put("server", server);
        return OwnJvm.start(
                "node " + number,
                place("node" + number),
                FaultNode.class,
                List.of(Integer.toString(number), descriptor.encode()));
    }

    FaultScale scale() {
        return scale;
    }

    /** A node, those that fail first first. */
    OwnJvm node(int which) {
        return nodes.get(number(which));
    }

    /** Which number it answers with. */
    int number(int which) {
        return (int) Math.floorMod(scale.seed() + which, (long) NODES);
    }

    /** Starts a node again that has ended, and waits until it serves. */
    void restart(int which) throws IOException {
        OwnJvm started = launch(number(which));
        nodes.set(number(which), started);
        started.awaitReady();
    }

    FreezingRelay relay(int which) {
        return relays.get(number(which));
    }

    ConsulAgent consul() {
        return consul.orElseThrow();
    }

    void begin() throws IOException, InterruptedException {
        client.tell("start " + scale.perSecond() + " " + setting.idempotent());
        Thread.sleep(Math.max(1000, scale.millis(3)));
        begun = System.currentTimeMillis();
    }

    /** When the scenario began, once all were warm. */
    long begun() {
        return begun;
    }

    void rate(int perSecond) throws IOException {
        client.tell("rate " + perSecond);
    }

    /** Waits until a time of the scenario, in seconds of sixty. */
    void until(double ofSixty) throws InterruptedException {
        Thread.sleep(Math.max(0, begun + scale.millis(ofSixty) - System.currentTimeMillis()));
    }

    /** Remembers when something happened. */
    void mark(String what) {
        marks.put(what, System.currentTimeMillis());
    }

    long at(String what) {
        Long at = marks.get(what);
        if (at == null) {
            throw new IllegalStateException(what + ": did not happen");
        }
        return at;
    }

    /** Ends the calls. */
    CallLog end() throws IOException {
        long end = System.currentTimeMillis();
        client.tell("stop");
        return new CallLog(client.readAll().stream().map(CallLog.Entry::parse).toList()).between(begun, end);
    }

    @Override
    public void close() {
        nodes.forEach(OwnJvm::close);
        client.close();
        relays.forEach(FreezingRelay::close);
        consul.ifPresent(ConsulAgent::close);
    }
}
