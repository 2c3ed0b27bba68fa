package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.MessageSocket;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.ConnectAddress;
import dev.vertxmicro.net.TlsFailure;
import dev.vertxmicro.net.TlsOptions;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects to nodes, by TLS to those that say so. Used on the context of the broker. */
public final class HttpDialer implements Link.Dialer {
    private static final System.Logger LOG = System.getLogger(HttpDialer.class.getName());

    private final Vertx vertx;
    private final TlsOptions tls;
    private final int connectMillis;
    private @Nullable NetClient plain;
    private @Nullable NetClient secured;
    private @Nullable CertificateWatch certificates;

    /** Opens its clients when the first node of their kind is dialled; the timeout is that of connecting. */
    public HttpDialer(Vertx vertx, TlsOptions tls, Duration timeout) {
        this.vertx = vertx;
        this.tls = tls;
        this.connectMillis = (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    }

    @Override
    public Future<Link> dial(SubscriberNode node, Link.Events events) {
        Optional<HostPort> target = HostPort.parse(node.address());
        if (target.isEmpty()) {
            return Future.failedFuture("address: " + node.address() + " (expected: host:port)");
        }
        NetClient client = node.secure() ? secured() : plain();
        return client.connect(ConnectAddress.of(target.get()), target.get().host())
                .map(socket -> (Link) new HttpLink(MessageSocket.of(socket, new HttpResponseDecoder()), node, events))
                .recover(failure -> Future.failedFuture(why(failure)));
    }

    private static String why(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        boolean refused = failure instanceof ConnectException && message.startsWith("Connection refused");
        return refused
                ? "connection refused"
                : TlsFailure.text(failure)
                        .orElseGet(() -> message.lines().findFirst().orElse(""));
    }

    private NetClient plain() {
        NetClient client = plain;
        if (client == null) {
            client = vertx.createNetClient(options());
            plain = client;
        }
        return client;
    }

    private NetClient secured() {
        NetClient client = secured;
        if (client == null) {
            NetClientOptions options = options();
            tls.secureClient(options);
            options.setSsl(true).setHostnameVerificationAlgorithm(tls.verify() ? "HTTPS" : "");
            if (!tls.verify()) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "broker: certificates of subscribers are not verified (tls.verify is false)");
            }
            NetClient made = vertx.createNetClient(options);
            certificates = CertificateWatch.begin(
                    vertx,
                    "http broker client",
                    tls.withEnabled(true),
                    () -> options.getSslOptions().copy(),
                    made::updateSSLOptions);
            client = made;
            secured = made;
        }
        return client;
    }

    private NetClientOptions options() {
        return new NetClientOptions().setConnectTimeout(connectMillis).setTcpKeepAlive(true);
    }

    /** Closes both clients and with them every link. */
    public void close() {
        if (plain != null) {
            plain.close();
        }
        if (certificates != null) {
            certificates.close();
        }
        if (secured != null) {
            secured.close();
        }
    }
}
