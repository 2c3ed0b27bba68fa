package dev.vertxmicro.verticle.streams;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends the stream of somebody on the event bus who does not say his own end once the service has said its. */
final class Farewell {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Socket caller;
    private final Timers timers;
    private @Nullable Timer timer;
    private boolean over;

    Farewell(Socket caller, Timers timers) {
        this.caller = caller;
        this.timers = timers;
    }

    /** From now on there is the whole time. */
    synchronized void begin() {
        cancel();
        if (!over) {
            timer = timers.schedule(
                    TIME, () -> caller.reset(MicroException.timeout(BusProtocol.CLIENT, "the stream is over")));
        }
    }

    /** The stream is closed. */
    synchronized void over() {
        over = true;
        cancel();
    }

    private void cancel() {
        Timer known = timer;
        if (known != null) {
            known.cancel();
        }
    }
}
