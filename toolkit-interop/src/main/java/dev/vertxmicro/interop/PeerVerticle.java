package dev.vertxmicro.interop;

import dev.vertxmicro.interop.peer.PeerHandler;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;

/** Serves {@link Peer}; its name stands in the descriptor. */
public final class PeerVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public PeerVerticle() {}

    @Override
    protected void configure(Service service) {
        PeerHandler.register(service.server(), new Peer(vertx, new Events()));
    }
}
