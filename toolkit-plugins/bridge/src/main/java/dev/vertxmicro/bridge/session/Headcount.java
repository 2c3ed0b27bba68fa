package dev.vertxmicro.bridge.session;

import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts connections, in all and by host. Used on the context of its bridge. */
final class Headcount {
    private final BridgeLimits limits;
    private final Map<String, Integer> byHost = new HashMap<>();
    private int all;

    Headcount(BridgeLimits limits) {
        this.limits = limits;
    }

    /** Names the host of a peer. */
    static String host(@Nullable SocketAddress peer) {
        String host = peer == null ? null : peer.hostAddress();
        return host == null ? "" : host;
    }

    /** Lets one more in, unless there are enough. */
    boolean enter(String host) {
        int those = byHost.getOrDefault(host, 0);
        if (all >= limits.maxConnections() || those >= limits.maxConnectionsPerHost()) {
            return false;
        }
        all++;
        byHost.put(host, those + 1);
        return true;
    }

    /** One of those that were let in has gone. */
    void leave(String host) {
        all--;
        byHost.computeIfPresent(host, (same, those) -> those == 1 ? null : those - 1);
    }

    int all() {
        return all;
    }
}
