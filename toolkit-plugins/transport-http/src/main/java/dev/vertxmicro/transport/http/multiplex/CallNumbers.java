package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.transport.http.wire.FrameException;

/**
 * Which calls a multiplexed connection has had. They are numbered from 1, one by one, in 32 bits, and begin anew at the end of
 * those: so a number that no call ever had is known without memory of any. Not for concurrent use.
 */
final class CallNumbers {
    private long count;

    /**
     * Takes the next call.
     *
     * @param id its number
     * @throws FrameException if it has another's
     */
    void take(int id) throws FrameException {
        if (id != (int) (count + 1)) {
            throw new FrameException("call " + Integer.toUnsignedString(id) + " (expected: "
                    + Integer.toUnsignedString((int) (count + 1)) + ")");
        }
        count++;
    }

    /** Takes all calls up to one of the next. */
    void takeUpTo(int id) {
        count += id - (int) count;
    }

    /** Tells whether a number is beyond the calls taken. */
    boolean before(int id) {
        return id - (int) count > 0;
    }

    /**
     * Makes sure that there was such a call.
     *
     * @param id its number
     * @throws FrameException if no call had it
     */
    void check(int id) throws FrameException {
        if (Integer.toUnsignedLong((int) count - id) >= count) {
            throw new FrameException("frame for call " + Integer.toUnsignedString(id) + " that never was");
        }
    }
}
