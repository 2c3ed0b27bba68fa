package dev.vertxmicro.time;

import java.util.Optional;

/**
 * What the log says of a server that goes away and comes back: a warning when it is lost, a notice {@code back after 3.2 s} when it is
 * there again. However often it comes and goes, each of the two is said at most once in ten seconds, and the latest is always said.
 * One for each thing that may go away. May be used concurrently from any thread.
 */
public final class OutageLines {
    private final RareWarning lost;
    private final RareWarning back;
    private final Outage outage;

    /**
     * Makes one for something that is there, or has not been asked yet.
     *
     * @param log    where the lines go
     * @param timers the clock
     */
    public OutageLines(System.Logger log, Timers timers) {
        this.lost = new RareWarning(log, timers);
        this.back = new RareWarning(log, timers);
        this.outage = Outage.of(timers);
    }

    /**
     * Says that it is away; what follows until it is back is not said again.
     *
     * @param line what is lost and why, and that it is tried again
     */
    public void lost(String line) {
        boolean first;
        synchronized (this) {
            first = outage.failed();
        }
        if (first) {
            lost.warn(line);
        }
    }

    /**
     * Says that it is back, if it was away.
     *
     * @param what begins the line: what is back, such as {@code mqtt greeter-1}
     */
    public void back(String what) {
        over().ifPresent(after -> back.info(what + ": back " + after));
    }

    /** Forgets that it is away: it is not wanted any more. */
    public void end() {
        over();
    }

    private synchronized Optional<String> over() {
        return outage.over();
    }
}
