package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.registry.consul.wire.ServiceTags;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** One agent of Consul, that is the server too. */
public final class ConsulBackend implements Backend {
    private final ConsulAgent agent;

    private ConsulBackend(ConsulAgent agent) {
        this.agent = agent;
    }

    /**
     * Starts one.
     *
     * @param directory for its log
     * @return the agent, ready
     */
    public static Backend start(Path directory) {
        return new ConsulBackend(ConsulAgent.dev(directory));
    }

    @Override
    public String name() {
        return "consul";
    }

    @Override
    public double goalMillis() {
        return 100;
    }

    @Override
    public String address() {
        return agent.address();
    }

    @Override
    public Registry registry(Vertx vertx, String address) {
        return ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS.withAddresses(List.of(address)));
    }

    /** Puts them into the catalog, as if they were registered with other agents, as one agent is slow to take as many. */
    @Override
    public void fill(Vertx vertx, List<ServiceInfo> services) throws Exception {
        ParallelWrites.each(services, this::put);
    }

    private void put(ServiceInfo single) {
        Node node = single.nodes().get(0);
        int colon = node.address().lastIndexOf(':');
        String other = "other" + node.id().substring(node.id().lastIndexOf('-'));
        JsonObject service = new JsonObject()
                .put("ID", node.id())
                .put("Service", single.name())
                .put("Tags", new JsonArray(ServiceTags.write(single.version(), single.endpoints(), node)))
                .put("Address", node.address().substring(0, colon))
                .put("Port", BareService.port(node.address()));
        JsonObject check = new JsonObject()
                .put("CheckID", "service:" + node.id())
                .put("Name", "Service")
                .put("ServiceID", node.id())
                .put("Status", "passing");
        JsonObject entry = new JsonObject()
                .put("Node", other)
                .put("Address", "10.0.0.1")
                .put("Service", service)
                .put("Check", check);
        String answer = agent.request("PUT", "/v1/catalog/register", entry.encode());
        if (!answer.strip().equals("true")) {
            throw new IllegalStateException("consul: " + answer + " (expected: true)");
        }
    }

    @Override
    public EventPath bare(Vertx vertx) {
        return new BareConsul(vertx, BareService.port(address()));
    }

    @Override
    public void close() {
        agent.close();
    }
}
