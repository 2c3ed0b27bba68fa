package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
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

    @Override
    public EventPath bare(Vertx vertx) {
        return new BareConsul(vertx, BareService.port(address()));
    }

    @Override
    public void close() {
        agent.close();
    }
}
