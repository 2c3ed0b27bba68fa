package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every registry with a backend of its own must do while that is away, and when it comes back with an empty memory. A subclass
 * stops and starts the backend.
 */
public abstract class RegistryOutageContract extends RegistryFixture {
    /** Backoff of a watch, and the time a change takes. */
    private static final Duration BACK = Duration.ofSeconds(6);

    private boolean away;

    /** For subclasses. */
    protected RegistryOutageContract() {}

    /** Takes the backend away: nobody answers when this returns. */
    protected abstract void stopBackend();

    /** Brings the backend back at the same address, remembering nothing: it answers when this returns. */
    protected abstract void startBackend();

    /**
     * Gives how long the registries under test keep what their backend forgot.
     *
     * @return the grace that they were made with; some seconds
     */
    protected abstract Duration grace();

    private void stop() {
        stopBackend();
        away = true;
    }

    private void start() {
        startBackend();
        away = false;
    }

    @AfterEach
    void startAgain() {
        if (away) {
            start();
        }
    }

    @Test
    void failsClearlyWhileTheBackendIsAway() {
        stop();
        MicroException unregistered = failure(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(unregistered.code()).isIn(500, 503);
        assertThat(unregistered.detail()).isNotBlank();
        assertThat(failure(registry.get(name)).code()).isIn(500, 503);
        assertThat(failure(registry.list()).code()).isIn(500, 503);
        start();
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(await(registry.get(name))).containsExactly(service("1.0.0", node("n1", 9001)));
    }

    @Test
    void keepsWhatItWatchesWhileTheBackendIsAway() {
        ServiceInfo service = service("1.0.0", node("n1", 9001));
        await(registry.register(service, TTL));
        await(peer.watch(name, change -> {}));
        assertThat(await(peer.get(name))).containsExactly(service);
        stop();
        assertThat(await(peer.get(name))).containsExactly(service);
    }

    @Test
    void keepsWhatTheBackendForgotUntilTheGraceIsOver() {
        RecordingWatcher changes = RecordingWatcher.of(prefix);
        await(peer.watch(name, changes));
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n1", 9001)));
        Registry dying = registry();
        await(dying.register(service("1.0.0", node("n2", 9002)), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, node("n2", 9002)));
        stop();
        await(dying.close());
        start();
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        assertThat(await(peer.get(name))).containsExactly(service("1.0.0", node("n1", 9001), node("n2", 9002)));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, node("n2", 9002)));
        assertThat(await(peer.get(name))).containsExactly(service("1.0.0", node("n1", 9001)));
    }

    @Test
    void tellsOfChangesAfterTheBackendCameBack() {
        RecordingWatcher one = RecordingWatcher.of(prefix);
        await(peer.watch(name, one));
        RecordingWatcher all = watch(peer);
        stop();
        start();
        long back = System.nanoTime();
        await(registry.register(service("1.0.0", node("n1", 9001)), TTL));
        RegistryChange created = change(Action.CREATE, node("n1", 9001));
        assertThat(one.next()).isEqualTo(created);
        assertThat(all.next()).isEqualTo(created);
        assertThat(since(back)).isLessThan(BACK);
    }

    @Test
    void registersAnewWhatTheBackendForgot() {
        ServiceInfo service = service("1.0.0", node("n1", 9001));
        await(registry.register(service, TTL));
        stop();
        start();
        await(registry.register(service, TTL));
        assertThat(await(peer.get(name))).containsExactly(service);
    }
}
