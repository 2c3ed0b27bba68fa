package dev.vertxmicro.broker.mqtt.session;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packet at which the server hangs up: the one that was alone on its way when the connection broke, twice, while the server
 * took the next connection at once. Where several were on their way they go again, few at a time, until one is alone. Confined to one
 * context.
 *
 * @param <T> what is sent
 */
public final class HangUpCause<T> {
    private static final int ENOUGH = 2;

    private @Nullable T alone;
    private @Nullable T suspect;
    private int times;

    /**
     * Takes note that the server has closed a connection.
     *
     * @param underWay what it had not answered
     */
    public void lost(Collection<? extends T> underWay) {
        alone = underWay.size() == 1 ? underWay.iterator().next() : null;
    }

    /**
     * Takes note of the next connection.
     *
     * @param atOnce whether the server, or one of them, took it at the first attempt: it has not gone away itself
     * @return what is not to be sent again
     */
    @SuppressWarnings("ReferenceEquality") // that very packet, not one like it
    public Optional<T> opened(boolean atOnce) {
        T accused = alone;
        alone = null;
        if (accused == null || !atOnce) {
            return Optional.empty();
        }
        times = accused == suspect ? times + 1 : 1;
        suspect = times < ENOUGH ? accused : null;
        return times < ENOUGH ? Optional.empty() : Optional.of(accused);
    }
}
