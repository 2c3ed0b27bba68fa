package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.net.TlsOptions;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Options of jnats: it reconnects for ever, keeps nothing for later, never waits for room in its queue. Reading files blocks. */
final class LinkOptions {
    private static final int MOST_PINGS = 2;
    private static final int QUEUE = 16_384;

    private LinkOptions() {}

    static Options of(Vertx vertx, LinkSettings settings, ConnectionListener events, ErrorListener errors)
            throws Exception {
        Options.Builder options = new Options.Builder()
                .servers(settings.addresses().stream()
                        .map(address -> "nats://" + address)
                        .toArray(String[]::new))
                .connectionName("vertx-micro")
                .maxReconnects(-1)
                .reconnectWait(settings.reconnectWait())
                .reconnectJitter(settings.reconnectWait())
                .reconnectJitterTls(settings.reconnectWait())
                .reconnectBufferSize(0)
                .connectionTimeout(settings.requestTimeout())
                .pingInterval(settings.pingInterval())
                .maxPingsOut(MOST_PINGS)
                .maxMessagesInOutgoingQueue(QUEUE)
                .discardMessagesWhenOutgoingQueueFull()
                .reportNoResponders()
                .connectionListener(events)
                .errorListener(errors);
        if (!settings.user().isEmpty()) {
            options.userInfo(
                    settings.user().toCharArray(), settings.password().reveal().toCharArray());
        } else if (!settings.token().isEmpty()) {
            options.token(settings.token().reveal().toCharArray());
        }
        if (settings.tls().enabled()) {
            options.sslContext(context(vertx, settings.tls()));
        }
        return options.build();
    }

    private static SSLContext context(Vertx vertx, TlsOptions tls) throws Exception {
        NetClientOptions laid = new NetClientOptions();
        tls.secureClient(laid);
        KeyCertOptions own = laid.getKeyCertOptions();
        KeyManager @Nullable [] keys =
                own == null ? null : own.getKeyManagerFactory(vertx).getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager[] trust = {
            tls.verify() ? new NamedPeerTrust(trust(vertx, laid.getTrustOptions())) : new AnyServerTrust()
        };
        context.init(keys, trust, null);
        return context;
    }

    private static X509ExtendedTrustManager trust(Vertx vertx, @Nullable TrustOptions named) throws Exception {
        TrustManagerFactory factory;
        if (named == null) {
            factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
        } else {
            factory = named.getTrustManagerFactory(vertx);
        }
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no trust manager for X.509"));
    }

    /** For {@code verify: false}, which is logged. */
    private static final class AnyServerTrust extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
