package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks those with whom something is open, every second, whether they are there. Nobody at the address twice in a row is gone, and so is
 * who has answered such questions before and does not any more; who never has, a plain verticle perhaps, need not. May be used from any
 * thread.
 */
public final class PeerWatch {
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Until an absence is looked at again: who has just joined a cluster is not known everywhere. */
    private static final Duration AGAIN = Duration.ofMillis(125);

    private static final int MOST_UNANSWERED = 5;

    private final Timers timers;
    private final Ping ping;
    private final Map<String, Peer> peers = new HashMap<>();
    private @Nullable Timer timer;

    /** Is told, once, that the other end is gone. */
    public interface Watcher {
        /**
         * The other end is gone.
         *
         * @param why to fail with
         */
        void lost(MicroException why);
    }

    /** Asks somebody whether he is there. */
    public interface Ping {
        /**
         * Asks.
         *
         * @param address where he is
         * @param nonce   what his answer has to repeat, so that nobody else gives it
         * @param open    who watches him, if he answers such questions; else nobody
         * @return fails if the question could not be sent
         */
        Future<Void> ask(String address, String nonce, List<Watcher> open);
    }

    private static final class Peer {
        private final Set<Watcher> watchers = new HashSet<>();
        /** Until the first question there is none: most calls are over by then. */
        private @Nullable String nonce;

        private boolean answers;
        private int unanswered;
        private int absences;
    }

    /**
     * Makes it.
     *
     * @param timers the clock
     * @param ping   asks at an address; fails if the question could not be sent
     */
    public PeerWatch(Timers timers, Ping ping) {
        this.timers = timers;
        this.ping = ping;
    }

    /**
     * Begins to watch an address for somebody.
     *
     * @param address where the other end is
     * @param watcher is told when it is gone
     */
    public synchronized void add(String address, Watcher watcher) {
        peers.computeIfAbsent(address, key -> new Peer()).watchers.add(watcher);
        if (timer == null) {
            timer = timers.schedule(TICK, this::tick);
        }
    }

    /**
     * Ends that.
     *
     * @param address where the other end is
     * @param watcher is told nothing more
     */
    public synchronized void remove(String address, Watcher watcher) {
        Peer peer = peers.get(address);
        if (peer != null && peer.watchers.remove(watcher) && peer.watchers.isEmpty()) {
            peers.remove(address);
        }
    }

    /**
     * Hears from somebody something else than an answer.
     *
     * @param address where he is
     */
    public synchronized void heard(String address) {
        Peer peer = peers.get(address);
        if (peer != null) {
            peer.unanswered = 0;
        }
    }

    /**
     * Hears an answer.
     *
     * @param address where he is who gives it
     * @param nonce   what it repeats
     * @return false if it answers no question
     */
    public synchronized boolean answered(String address, @Nullable String nonce) {
        Peer peer = peers.get(address);
        if (peer == null || peer.nonce == null || !peer.nonce.equals(nonce)) {
            return false;
        }
        peer.answers = true;
        peer.unanswered = 0;
        return true;
    }

    private void tick() {
        List<String> asked;
        synchronized (this) {
            timer = peers.isEmpty() ? null : timers.schedule(TICK, this::tick);
            asked = List.copyOf(peers.keySet());
        }
        asked.forEach(this::ask);
    }

    private void ask(String address) {
        String nonce;
        List<Watcher> open;
        boolean silent;
        synchronized (this) {
            Peer peer = peers.get(address);
            if (peer == null) {
                return;
            }
            nonce = peer.nonce == null ? UUID.randomUUID().toString() : peer.nonce;
            peer.nonce = nonce;
            open = peer.answers ? List.copyOf(peer.watchers) : List.of();
            silent = peer.answers && peer.unanswered++ >= MOST_UNANSWERED;
        }
        if (silent) {
            lose(address, "answers nothing");
        } else {
            ping.ask(address, nonce, open).onComplete(sent -> present(address), unsent -> absent(address));
        }
    }

    private synchronized void present(String address) {
        Peer peer = peers.get(address);
        if (peer != null) {
            peer.absences = 0;
        }
    }

    private void absent(String address) {
        boolean gone;
        synchronized (this) {
            Peer peer = peers.get(address);
            gone = peer != null && ++peer.absences > 1;
            if (peer != null && !gone) {
                timers.schedule(AGAIN, () -> ask(address));
            }
        }
        if (gone) {
            lose(address, "has ended");
        }
    }

    private void lose(String address, String how) {
        Peer peer;
        synchronized (this) {
            peer = peers.remove(address);
        }
        if (peer != null) {
            MicroException why = MicroException.internal("go.micro.client.transport", address + " " + how)
                    .withoutStackTrace()
                    .withFault(Fault.BROKEN);
            List.copyOf(peer.watchers).forEach(watcher -> watcher.lost(why));
        }
    }
}
