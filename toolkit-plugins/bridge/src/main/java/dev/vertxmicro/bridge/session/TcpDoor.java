package dev.vertxmicro.bridge.session;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.ReleasedPort;
import dev.vertxmicro.net.TlsFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets clients in by TCP: each frame is JSON, with its length in four bytes before it. */
public final class TcpDoor {
    private static final int LENGTH = 4;
    private static final int HANDSHAKE_SECONDS = 3;

    private final NetServer server;
    private final Supplier<CertificateWatch> watching;
    private @Nullable CertificateWatch certificates;
    private final Vertx vertx;
    private final OpenSessions sessions;
    private final HostPort address;

    /**
     * Makes the door, closed.
     *
     * @param vertx    the engine
     * @param options  where
     * @param sessions gets those who come
     */
    public TcpDoor(Vertx vertx, TcpOptions options, OpenSessions sessions) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.address = HostPort.listening(options.address());
        NetServerOptions net = new NetServerOptions().setTcpKeepAlive(true);
        net.setSslHandshakeTimeout(HANDSHAKE_SECONDS).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        options.tls().secure(net);
        if (options.tls().clientAuth()) {
            net.setClientAuth(ClientAuth.REQUIRED);
        }
        server = vertx.createNetServer(net).connectHandler(this::connected).exceptionHandler(failure -> TlsFailure.text(
                        failure)
                .ifPresent(why -> sessions.warn("connection refused: " + why)));
        watching = () -> CertificateWatch.begin(
                vertx, "tcp bridge", options.tls(), () -> net.getSslOptions().copy(), server::updateSSLOptions);
    }

    /**
     * Opens it.
     *
     * @return the port
     */
    public Future<Integer> open() {
        return server.listen(address.port(), address.host()).map(listening -> {
            certificates = watching.get();
            return listening.actualPort();
        });
    }

    private void connected(NetSocket socket) {
        String host = Headcount.host(socket.remoteAddress());
        if (!sessions.headcount().enter(host)) {
            sessions.warn("connection from " + host + " refused, there are too many");
            socket.close();
            return;
        }
        RecordParser records = RecordParser.newFixed(LENGTH, socket);
        BridgeSession session = sessions.begin(new TcpWire(socket, records));
        socket.closeHandler(closed -> {
            sessions.headcount().leave(host);
            session.close();
        });
        socket.exceptionHandler(failure -> session.close());
        records.exceptionHandler(failure -> session.close());
        records.endHandler(ended -> session.close());
        records.handler(new Frames(records, session));
    }

    /** Lengths and frames by turns. */
    private final class Frames implements Handler<Buffer> {
        private final RecordParser records;
        private final BridgeSession session;
        private int expected = LENGTH;
        private boolean body;

        Frames(RecordParser records, BridgeSession session) {
            this.records = records;
            this.session = session;
        }

        @Override
        public void handle(Buffer record) {
            if (session.isClosed() || record.length() < expected) {
                return; // what is left of a frame when the connection ends
            }
            if (body) {
                body = false;
                expect(LENGTH);
                session.receive(record);
                return;
            }
            int length = record.getInt(0);
            if (length <= 0 || length > sessions.limits().maxMessageBytes()) {
                session.tooLarge(Integer.toUnsignedLong(length));
                return;
            }
            body = true;
            expect(length);
        }

        private void expect(int bytes) {
            expected = bytes;
            records.fixedSizeMode(bytes);
        }
    }

    private record TcpWire(NetSocket socket, RecordParser records) implements BridgeWire {
        @Override
        public Dialect dialect() {
            return Dialect.TCP;
        }

        @Override
        public String peer() {
            return String.valueOf(socket.remoteAddress());
        }

        @Override
        public Future<Void> write(Buffer frame) {
            return socket.write(Buffer.buffer(LENGTH + frame.length())
                    .appendInt(frame.length())
                    .appendBuffer(frame));
        }

        @Override
        public void pause() {
            records.pause();
        }

        @Override
        public void resume() {
            records.resume();
        }

        @Override
        public void close(boolean now) {
            if (now) {
                NettyPipeline.cut(NettyPipeline.of(socket).channel());
            } else {
                socket.close();
            }
        }
    }

    /**
     * Closes it; connections stay.
     *
     * @return completes when nobody comes in any more
     */
    public Future<Void> close() {
        if (certificates != null) {
            certificates.close();
        }
        return server.close().eventually(() -> ReleasedPort.of(vertx));
    }
}
