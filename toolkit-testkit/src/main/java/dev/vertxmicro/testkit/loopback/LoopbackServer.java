package dev.vertxmicro.testkit.loopback;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A server that starts once, whoever wants it first. */
public final class LoopbackServer implements Server {
    private final Server server;
    private @Nullable Future<ServiceInfo> started;

    /**
     * Wraps a server.
     *
     * @param server not started yet
     */
    public LoopbackServer(Server server) {
        this.server = server;
    }

    @Override
    public <Q, R> Server handle(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions options) {
        server.handle(endpoint, handler, options);
        return this;
    }

    @Override
    public <Q, R> Server handleStream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler, HandlerOptions options) {
        server.handleStream(endpoint, handler, options);
        return this;
    }

    @Override
    public <M> Server subscribe(Topic<M> topic, EventHandler<M> handler, SubscribeOptions options) {
        server.subscribe(LoopbackClient.typed(topic), handler, options);
        return this;
    }

    @Override
    public ServerStatistics statistics() {
        return server.statistics();
    }

    @Override
    public synchronized Future<ServiceInfo> start() {
        Future<ServiceInfo> known = started;
        if (known == null) {
            known = server.start();
            started = known;
        }
        return known;
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public Future<Void> stop() {
        return server.stop();
    }
}
