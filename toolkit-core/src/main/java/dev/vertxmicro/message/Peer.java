package dev.vertxmicro.message;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The two ends of the connection a request came on, as go-micro shows them to a handler ({@code Remote} and {@code Local}).
 *
 * @param remote      address of the caller, {@code host:port}, or empty if unknown
 * @param local       address the server listens on, {@code host:port}, or empty if unknown
 * @param certificate what the caller showed and the server trusts, where TLS asks callers for one
 */
public record Peer(String remote, String local, Optional<X509Certificate> certificate) {
    /** Nothing is known of either end. */
    public static final Peer UNKNOWN = new Peer("", "");

    /**
     * Two ends of a connection on which nobody showed a certificate.
     *
     * @param remote address of the caller, {@code host:port}, or empty if unknown
     * @param local  address the server listens on, {@code host:port}, or empty if unknown
     */
    public Peer(String remote, String local) {
        this(remote, local, Optional.empty());
    }
}
