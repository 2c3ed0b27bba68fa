package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.error.MicroException;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for streams that others open: nobody may have more of them than are left free for the others, which is half of them for who is
 * alone. May be used from any thread.
 */
final class StreamPlaces {
    /** How many there are; one address gets half of them at most. */
    static final int MOST = 2000;

    private final Map<String, Integer> byAddress = new HashMap<>();
    private int taken;

    /** A place that is taken. */
    final class Place {
        private final String address;
        private boolean back;

        private Place(String address) {
            this.address = address;
        }

        /** Gives it back, once. */
        void giveBack() {
            synchronized (StreamPlaces.this) {
                if (!back) {
                    back = true;
                    taken--;
                    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    /**
     * Takes a place.
     *
     * @param address where whoever opens the stream takes frames
     * @return the place
     * @throws MicroException with code 503, not taken, if there is none
     */
    synchronized Place take(String address) {
        int own = byAddress.getOrDefault(address, 0);
        if (own >= MOST - taken) {
            throw MicroException.unavailable(
                            "go.micro.transport",
                            "streams: " + own + " of " + address + " are open already, " + taken + " of all")
                    .withoutStackTrace()
                    .asNotTaken();
        }
        taken++;
        byAddress.put(address, own + 1);
        return new Place(address);
    }
}
