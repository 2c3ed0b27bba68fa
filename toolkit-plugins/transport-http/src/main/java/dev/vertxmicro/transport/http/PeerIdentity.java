package dev.vertxmicro.transport.http;

import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who is at the other end of a connection, where TLS asked for a certificate; read once for a connection. */
final class PeerIdentity {
    private PeerIdentity() {}

    /** Gives the certificate that the handshake has found good; none without TLS, and none where nobody was asked. */
    static Optional<X509Certificate> of(HttpConnection connection) {
        if (!connection.isSsl()) {
            return Optional.empty();
        }
        try {
            return connection.peerCertificates().stream()
                    .findFirst()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast);
        } catch (SSLPeerUnverifiedException nobodyWasAsked) {
            return Optional.empty();
        }
    }
}
