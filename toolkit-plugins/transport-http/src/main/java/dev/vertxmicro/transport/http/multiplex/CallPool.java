package dev.vertxmicro.transport.http.multiplex;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The multiplexed connections from one event loop, to which it belongs, to one address. The first is opened when there is a
 * call, another whenever each has some calls to wait for: a server may have several event loops. While one is opened calls go
 * another way.
 */
public final class CallPool {

    /** Opens connections. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Opens one.
         *
         * @param pool who will use it
         * @return completes on the event loop; fails if there is no connection, or the peer knows no multiplexing
         */
        Future<CallConnection> open(CallPool pool);
    }

    /** Calls at once for which a connection is enough. */
    static final int ENOUGH = 32;

    private static final int MAX_CONNECTIONS = 8;

    private final Opener opener;
    private final Runnable onFailure;
    private final Runnable onLoss;
    private final List<CallConnection> connections = new ArrayList<>();
    private int limit;
    private boolean opening;

    /**
     * Makes a pool.
     *
     * @param poolSize  connections at most, if that is fewer than it has anyway
     * @param opener    opens connections
     * @param onFailure told when there is none and none could be opened
     * @param onLoss    told when one ended that nobody meant to
     */
    public CallPool(int poolSize, Opener opener, Runnable onFailure, Runnable onLoss) {
        this.limit = Math.min(MAX_CONNECTIONS, poolSize);
        this.opener = opener;
        this.onFailure = onFailure;
        this.onLoss = onLoss;
    }

    /**
     * Sends a call on the connection with the fewest calls, or ends it.
     *
     * @return false if it must go another way
     */
    public boolean send(MultiplexedCall call) {
        CallConnection best = best();
        if (best == null || best.stale() || (best.inFlight() >= ENOUGH && connections.size() < limit)) {
            open();
        }
        return best != null && best.send(call);
    }

    private @Nullable CallConnection best() {
        CallConnection best = null;
        for (int i = 0; i < connections.size(); i++) {
            CallConnection next = connections.get(i);
            if (best == null || next.inFlight() < best.inFlight()) {
                best = next;
            }
        }
        return best;
    }

    private void open() {
        if (!opening) {
            opening = true;
            opener.open(this).onComplete(this::opened, this::notOpened);
        }
    }

    private void opened(CallConnection connection) {
        opening = false;
        if (connection.usable()) {
            connections.add(connection);
            List.copyOf(connections).stream().filter(CallConnection::stale).forEach(CallConnection::retire);
        }
    }

    private void notOpened(Throwable cause) {
        opening = false;
        if (connections.isEmpty()) {
            onFailure.run();
        } else {
            limit = connections.size();
        }
    }

    /** A connection takes no more calls. */
    void retired(CallConnection connection) {
        connections.remove(connection);
    }

    /** A connection ended that took calls. */
    void lost(CallConnection connection) {
        retired(connection);
        onLoss.run();
    }

    /** Further calls go by new connections; what runs on the old ones may end there. */
    public void renew() {
        List.copyOf(connections).forEach(CallConnection::retire);
    }
}
