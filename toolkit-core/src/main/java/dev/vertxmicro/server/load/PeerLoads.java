package dev.vertxmicro.server.load;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The load that each peer makes, told apart by host: what reaches us through one proxy is one peer. Callers of whom no address
 * is known are not counted; they are in this process. May be used concurrently.
 */
final class PeerLoads {
    private static final int FIRST_PURGE = 1024;

    private final int limit;
    private final ConcurrentMap<String, Load> byHost = new ConcurrentHashMap<>();
    private volatile int purgeAt = FIRST_PURGE;

    PeerLoads(int limit) {
        this.limit = limit;
    }

    /**
     * Finds the load of a peer.
     *
     * @param remote its address, {@code host:port}, perhaps empty
     * @return its load, perhaps retired by now; null if it is not counted
     */
    @Nullable
    Load of(String remote) {
        int colon = remote.lastIndexOf(':');
        if (colon <= 0) {
            return null;
        }
        String host = remote.substring(0, colon);
        Load known = byHost.get(host);
        return known == null ? add(host) : known;
    }

    private Load add(String host) {
        if (byHost.size() >= purgeAt) {
            purge();
            purgeAt = Math.max(FIRST_PURGE, 2 * byHost.size());
        }
        return byHost.computeIfAbsent(host, name -> new Load(limit));
    }

    private void purge() {
        byHost.forEach((host, load) -> {
            if (load.retire()) {
                byHost.remove(host, load);
            }
        });
    }

    /** Counts the peers that are remembered. */
    int size() {
        return byHost.size();
    }
}
