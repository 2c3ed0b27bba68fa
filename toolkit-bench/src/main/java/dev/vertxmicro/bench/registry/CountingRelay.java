package dev.vertxmicro.bench.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between clients and a server of 127.0.0.1, and counts the bytes of both directions. */
final class CountingRelay {
    private static final String HOST = "127.0.0.1";

    private final AtomicLong bytes = new AtomicLong();
    private final NetServer server;
    private final NetClient client;
    private final int target;

    CountingRelay(Vertx vertx, int target) {
        this.target = target;
        this.client = vertx.createNetClient();
        this.server = vertx.createNetServer().connectHandler(this::relay);
    }

    /** Listens, and gives its address. */
    Future<String> start() {
        return server.listen(0, HOST).map(listening -> HOST + ":" + listening.actualPort());
    }

    private void relay(NetSocket from) {
        from.pause();
        client.connect(target, HOST).onFailure(refused -> from.close()).onSuccess(to -> {
            join(from, to);
            join(to, from);
            from.resume();
        });
    }

    private void join(NetSocket from, NetSocket to) {
        from.closeHandler(closed -> to.close());
        from.handler(part -> {
            bytes.addAndGet(part.length());
            to.write(part);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
    }

    long bytes() {
        return bytes.get();
    }

    Future<Void> close() {
        return server.close().eventually(client::close);
    }
}
