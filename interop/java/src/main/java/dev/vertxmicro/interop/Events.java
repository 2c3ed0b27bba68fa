package dev.vertxmicro.interop;

import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.interop.peer.Total;

/** Counts the events of {@link #TOPIC}. Used from one context. */
final class Events {
    /** What a peer subscribes to. */
    static final String TOPIC = "peer.events";

    private long count;
    private String last = "";

    void heard(Item event) {
        count++;
        last = event.getText();
    }

    Total total() {
        return Total.newBuilder().setCount(count).setText(last).build();
    }
}
