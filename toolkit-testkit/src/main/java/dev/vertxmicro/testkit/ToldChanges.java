package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * What a watcher is to be told, in order: all in one go of a registry that tells each change, else each change before the next
 * one is made.
 */
final class ToldChanges {
    private final RecordingWatcher changes;
    private final boolean atOnce;
    private final List<RegistryChange> due = new ArrayList<>();

    private ToldChanges(RecordingWatcher changes, boolean atOnce) {
        this.changes = changes;
        this.atOnce = atOnce;
    }

    /**
     * Begins.
     *
     * @param registry whose changes are told
     * @param changes  what it told
     * @return expects nothing yet
     */
    static ToldChanges of(Registry registry, RecordingWatcher changes) {
        return new ToldChanges(changes, !registry.traits().everyChange());
    }

    /**
     * Expects a change that was made.
     *
     * @param change the change
     */
    void expect(RegistryChange change) {
        if (atOnce) {
            assertThat(changes.next()).isEqualTo(change);
        } else {
            due.add(change);
        }
    }

    /** Expects no further change. */
    void end() {
        due.forEach(change -> assertThat(changes.next()).isEqualTo(change));
        due.clear();
    }
}
