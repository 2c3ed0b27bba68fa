package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/**
 * Sends a PINGREQ every half of the keep-alive, and cuts a connection on which nothing was heard since the last one, unless it is we
 * who do not read. Confined to one context.
 */
final class KeepAlive {
    private final Timers timers;
    private final MqttLink link;
    private final Duration half;
    private Timer timer;
    private boolean waiting;

    KeepAlive(Timers timers, MqttLink link, Duration keepAlive) {
        this.timers = timers;
        this.link = link;
        this.half = keepAlive.dividedBy(2);
        this.timer = timers.schedule(half, this::beat);
    }

    private void beat() {
        if (waiting && !link.isPaused()) {
            link.cut();
            return;
        }
        waiting = true;
        link.ping();
        timer = timers.schedule(half, this::beat);
    }

    /** Something has come: the server is there. */
    void heard() {
        waiting = false;
    }

    void stop() {
        timer.cancel();
    }
}
