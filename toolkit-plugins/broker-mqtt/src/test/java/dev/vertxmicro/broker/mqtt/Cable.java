package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be cut, and mended, while the server runs on. */
final class Cable implements AutoCloseable {
    private final Vertx vertx;
    private final int to;
    private final NetClient client;
    private final List<NetSocket> open = new CopyOnWriteArrayList<>();
    private NetServer server;

    Cable(Vertx vertx, int to) {
        this.vertx = vertx;
        this.to = to;
        client = vertx.createNetClient();
        server = listen(0);
    }

    private NetServer listen(int port) {
        return Await.result(
                vertx.createNetServer().connectHandler(this::connect).listen(port, "127.0.0.1"));
    }

    private void connect(NetSocket from) {
        from.pause();
        client.connect(to, "127.0.0.1").onSuccess(onward -> {
            open.addAll(List.of(from, onward));
            Future<Void> there = from.pipeTo(onward);
            Future<Void> back = onward.pipeTo(from);
            Future.join(there, back).onComplete(done -> open.removeAll(List.of(from, onward)));
        });
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    void cut() {
        Await.result(server.close());
        open.forEach(NetSocket::close);
    }

    void mend() {
        server = listen(server.actualPort());
    }

    @Override
    public void close() {
        cut();
        Await.result(client.close());
    }
}
