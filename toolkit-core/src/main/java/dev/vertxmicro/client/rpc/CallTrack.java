package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/** Where a call has been, for the error that it may end with. Used on the context of its caller. */
final class CallTrack {
    private final String service;
    private final String endpoint;
    private final Timers timers;
    private final long since;
    private String node = "";

    CallTrack(Request<?, ?> request, Timers timers) {
        this.service = request.service();
        this.endpoint = request.endpoint().name();
        this.timers = timers;
        this.since = timers.nanoTime();
    }

    /** Goes to a node. */
    void at(String address) {
        node = address;
    }

    /** Names the call in an error of the client's own, or one that the node answered with. */
    MicroException named(MicroException error) {
        return named(error, "");
    }

    /**
     * @param via what the node said of the calls that its handler made
     */
    MicroException named(MicroException error, String via) {
        Duration spent = Duration.ofNanos(timers.nanoTime() - since);
        return error.withCall(new FailedCall(service, endpoint, node, spent, error.remote(), via));
    }
}
