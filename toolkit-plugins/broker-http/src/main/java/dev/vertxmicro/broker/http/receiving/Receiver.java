package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.wire.BrokerFailure;
import dev.vertxmicro.broker.http.wire.MessageSocket;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.ReleasedPort;
import dev.vertxmicro.net.TlsFailure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Listens for messages. Used on the context of the broker, where all its connections live. */
public final class Receiver {
    private static final System.Logger LOG = System.getLogger(Receiver.class.getName());
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 8192;
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ReceiverSettings settings;
    private final Timers timers;
    private final RareWarning flood;
    private final RareWarning refusals;
    private final ServedConnection.Common common;
    private final Set<ServedConnection> connections = new LinkedHashSet<>();
    private @Nullable NetServer server;
    private @Nullable CertificateWatch certificates;
    private @Nullable Timer sweep;
    private @Nullable Promise<Void> drained;

    /** Listens only when told to; hands what it reads to the dispatch. */
    public Receiver(Vertx vertx, ReceiverSettings settings, Timers timers, MessageDispatch dispatch) {
        this.vertx = vertx;
        this.settings = settings;
        this.timers = timers;
        this.flood = new RareWarning(LOG, timers);
        this.refusals = new RareWarning(LOG, timers);
        MemoryBudget budget = MemoryBudget.of(vertx, settings.maxBufferedBytes());
        Executor later = task -> vertx.getOrCreateContext().runOnContext(next -> task.run());
        this.common = new ServedConnection.Common(settings, budget, timers, dispatch, refusals, later);
    }

    /** Listens; gives the address, its port the real one. */
    public Future<String> listen() {
        TlsOptions tls = settings.tls();
        HostPort address = HostPort.listening(settings.address());
        if (tls.enabled() && tls.certificate().isEmpty()) {
            return Future.failedFuture(
                    notListening("tls: no certificate (expected: tls.certificate and tls.key)", null));
        }
        NetServerOptions made = new NetServerOptions();
        tls.secure(made);
        if (tls.enabled()) {
            made.setClientAuth(tls.clientAuth() ? ClientAuth.REQUIRED : ClientAuth.NONE);
        }
        NetServer created = vertx.createNetServer(made)
                .connectHandler(this::connected)
                .exceptionHandler(e -> refusals.warn("broker: connection refused: "
                        + TlsFailure.text(e).orElseGet(() -> String.valueOf(e.getMessage()))));
        return created.listen(address.port(), address.host())
                .map(listening -> {
                    server = listening;
                    certificates = CertificateWatch.begin(
                            vertx,
                            "http broker",
                            tls,
                            () -> made.getSslOptions().copy(),
                            listening::updateSSLOptions);
                    sweep = timers.schedule(SWEEP, this::sweep);
                    return address.withPort(listening.actualPort()).text();
                })
                .recover(failure -> Future.failedFuture(notListening(reason(failure), failure)));
    }

    private MicroException notListening(String reason, @Nullable Throwable cause) {
        MicroException failure =
                MicroException.internal(BrokerFailure.ID, "listen tcp " + settings.address() + ": " + reason);
        return cause == null ? failure : failure.withCause(cause);
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "bind: address already in use" : message;
    }

    private void connected(NetSocket socket) {
        if (connections.size() >= settings.maxConnections()) {
            flood.warn("broker: connection from " + socket.remoteAddress() + " refused, " + connections.size()
                    + " are open");
            socket.close();
            return;
        }
        HttpRequestDecoder decoder = new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES).setMaxInitialLineLength(MAX_LINE_BYTES));
        ServedConnection connection = new ServedConnection(MessageSocket.of(socket, decoder), common, this::answered);
        connections.add(connection);
        socket.closeHandler(closed -> {
            connections.remove(connection);
            connection.closed();
            answered();
        });
    }

    private void sweep() {
        List.copyOf(connections).forEach(ServedConnection::tidy);
        sweep = timers.schedule(SWEEP, this::sweep);
    }

    private void answered() {
        if (drained != null && connections.stream().noneMatch(ServedConnection::isBusy)) {
            drained.tryComplete();
        }
    }

    /** Waits until all requests are answered, but only so long. */
    public Future<Void> drain(Duration patience) {
        Promise<Void> done = timers.promise();
        drained = done;
        Timer impatience = timers.schedule(patience, done::tryComplete);
        answered();
        return done.future().onComplete(ended -> impatience.cancel());
    }

    /** Stops listening and closes all connections. */
    public Future<Void> close() {
        NetServer open = server;
        server = null;
        if (certificates != null) {
            certificates.close();
        }
        if (sweep != null) {
            sweep.cancel();
        }
        return open == null ? Future.succeededFuture() : open.close().eventually(() -> ReleasedPort.of(vertx));
    }
}
