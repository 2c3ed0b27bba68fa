package dev.vertxmicro.transport.local;

/** What one holder, such as a stream, has of a bounded memory. Used by one thread at a time. */
public interface Reservation {
    /** Takes whatever it is asked for. */
    Reservation UNBOUNDED = new Reservation() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void giveBack(long bytes) {}

        @Override
        public void close() {}
    };

    /**
     * Takes more; to be asked before memory is allocated or kept.
     *
     * @param bytes how many more; &gt;= 0
     * @return false if there is no room, or it is closed: nothing was taken, refuse with 503 or stop reading
     */
    boolean take(long bytes);

    /**
     * Gives some back, of what was written or handed over.
     *
     * @param bytes how many; no more than are held are given back
     */
    void giveBack(long bytes);

    /** Gives all back; closing twice is fine. */
    void close();
}
