package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;
import java.util.List;

/**
 * How the members of a cluster are reached and asked.
 *
 * @param addresses      {@code host:port} of each
 * @param user           of etcd; empty for none
 * @param password       of the user
 * @param requestTimeout how long one member may take to answer
 * @param tls            whether and how connections are secured
 */
public record MemberSettings(
        List<String> addresses, String user, Secret password, Duration requestTimeout, TlsOptions tls) {
    private static final int DEFAULT_PORT = 2379;

    /**
     * Reads the address of a member, in any of the forms that clients of etcd take.
     *
     * @param text {@code host:port}, {@code host}, {@code [v6]:port}, with or without {@code http://} or {@code https://} before it
     * @return where it is
     * @throws IllegalArgumentException if it is none
     */
    public static HostPort address(String text) {
        return HostPort.parse(text.trim().replaceFirst("^https?://", "").replaceFirst("/$", ""), DEFAULT_PORT)
                .orElseThrow(() -> new IllegalArgumentException(
                        "address: \"" + Secret.masked(text) + "\" (expected: host or host:port)"));
    }
}
