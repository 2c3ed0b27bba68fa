package dev.vertxmicro.interop;

import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.interop.peer.PeerHandler;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;

/** Serves {@link ServedPeer}; its name stands in the descriptor. */
public final class PeerVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public PeerVerticle() {}

    @Override
    protected void configure(Service service) {
        Events events = new Events();
        PeerHandler.register(service.server(), new ServedPeer(vertx, events));
        service.server().subscribe(Events.TOPIC, Item.class, (event, context) -> {
            events.heard(event);
            return Future.succeededFuture();
        });
    }
}
