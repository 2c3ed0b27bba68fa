package dev.vertxmicro.message;

/**
 * The two ends of the connection a request came on, as go-micro shows them to a handler ({@code Remote} and {@code Local}).
 *
 * @param remote address of the caller, {@code host:port}, or empty if unknown
 * @param local  address the server listens on, {@code host:port}, or empty if unknown
 */
public record Peer(String remote, String local) {
    /** Nothing is known of either end. */
    public static final Peer UNKNOWN = new Peer("", "");
}
