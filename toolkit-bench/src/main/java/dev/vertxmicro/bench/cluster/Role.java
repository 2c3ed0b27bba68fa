package dev.vertxmicro.bench.cluster;

import java.util.Locale;

/** What a process of the cluster does. There are two of each but the client. */
enum Role {
    REGISTRY(0),
    BROKER(1),
    HANDLER(2),
    SERVER(3),
    CLIENT(4);

    static final int EACH = 2;

    private final int place;

    Role(int place) {
        this.place = place;
    }

    /** Numbers all processes, the client last. */
    int index(int which) {
        return place * EACH + which;
    }

    static int processes() {
        return CLIENT.index(0) + 1;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
