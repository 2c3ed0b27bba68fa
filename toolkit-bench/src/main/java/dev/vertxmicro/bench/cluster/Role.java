package dev.vertxmicro.bench.cluster;

import java.util.Locale;

/** What a process of the cluster does. There are two of each but the client, and none by hand but where speed is compared. */
enum Role {
    REGISTRY(0),
    BROKER(1),
    HANDLER(2),
    SERVER(3),
    CLIENT(4),
    BY_HAND(5);

    static final int EACH = 2;

    private final int place;

    Role(int place) {
        this.place = place;
    }

    /** Numbers all processes, the client after the nodes. */
    int index(int which) {
        return place * EACH + which;
    }

    /** Counts those of the cluster. */
    static int processes() {
        return CLIENT.index(0) + 1;
    }

    /** Tells whether there is one of it alone. */
    boolean isSingle() {
        return this == CLIENT || this == BY_HAND;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
