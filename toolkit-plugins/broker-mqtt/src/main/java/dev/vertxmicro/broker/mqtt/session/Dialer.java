package dev.vertxmicro.broker.mqtt.session;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x of an MQTT client, which shows the socket that the client has opened: the client itself neither pauses reading nor
 * sends a message again under the id it had. Confined to the context of the client.
 */
final class Dialer extends VertxWrapper {
    private NetClientOptions options = new NetClientOptions();
    private Optional<Duration> expiry = Optional.empty();
    private @Nullable NetSocketInternal socket;

    Dialer(VertxInternal vertx) {
        super(vertx);
    }

    /**
     * Says how the next connection is to be made.
     *
     * @param next  of TCP and TLS
     * @param lasts how long its session lasts without it, by MQTT 5; empty for MQTT 3.1.1
     */
    void prepare(NetClientOptions next, Optional<Duration> lasts) {
        options = next;
        expiry = lasts;
        socket = null;
    }

    /** Gives the socket that was opened last. */
    NetSocketInternal socket() {
        NetSocketInternal opened = socket;
        if (opened == null) {
            throw new IllegalStateException("no socket yet");
        }
        return opened;
    }

    @Override
    public NetClient createNetClient(NetClientOptions ignored) {
        return new Watched(super.createNetClient(options));
    }

    private final class Watched implements NetClient {
        private final NetClient client;

        Watched(NetClient client) {
            this.client = client;
        }

        private Future<NetSocket> seen(Future<NetSocket> connecting) {
            // The client logs what it gets here: one line will do.
            return connecting
                    .map(this::shown)
                    .recover(failure -> Future.failedFuture(new VertxException(ConnectFailure.text(failure), true)));
        }

        private NetSocket shown(NetSocket opened) {
            NetSocketInternal own = (NetSocketInternal) opened;
            socket = own;
            return expiry.isPresent() ? ExpiringSession.on(own, expiry.get()) : own;
        }

        @Override
        public Future<NetSocket> connect(int port, String host) {
            return seen(client.connect(port, host));
        }

        @Override
        public Future<NetSocket> connect(int port, String host, String serverName) {
            return seen(client.connect(port, host, serverName));
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address) {
            return seen(client.connect(address));
        }

        @Override
        public Future<NetSocket> connect(SocketAddress address, String serverName) {
            return seen(client.connect(address, serverName));
        }

        @Override
        public Future<NetSocket> connect(ConnectOptions connect) {
            return seen(client.connect(connect));
        }

        @Override
        public Future<Void> shutdown(long timeout, TimeUnit unit) {
            return client.shutdown(timeout, unit);
        }

        @Override
        public Future<Boolean> updateSSLOptions(ClientSSLOptions changed, boolean force) {
            return client.updateSSLOptions(changed, force);
        }
    }
}
