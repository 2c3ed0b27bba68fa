package dev.vertxmicro.engine;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the verticles of a process say of themselves to those who look after its cluster: the duties that they hold, and where they can be
 * called. {@code bin/vertx nodes} lists it. May be used from any thread.
 */
public final class ProcessNotes implements Shareable {

    /** What a note is about. */
    public enum Subject {
        /** What of several verticles one does, by a lease that is in force. */
        DUTIES,
        /** Where services listen. */
        ADDRESSES
    }

    private static final String NAME = "dev.vertxmicro.notes";

    private final Map<Subject, Map<String, List<String>>> notes = new ConcurrentHashMap<>();

    private ProcessNotes() {}

    /**
     * Finds those of a Vert.x.
     *
     * @param vertx the process
     * @return the same for all of its verticles
     */
    public static ProcessNotes of(Vertx vertx) {
        return vertx.sharedData()
                .<String, ProcessNotes>getLocalMap(NAME)
                .computeIfAbsent(NAME, key -> new ProcessNotes());
    }

    /**
     * Says something, in place of what the same verticle said before.
     *
     * @param subject what about
     * @param who     an id of the verticle
     * @param lines   what is to be listed; empty to say nothing any more
     */
    public void say(Subject subject, String who, List<String> lines) {
        Map<String, List<String>> about = about(subject);
        if (lines.isEmpty()) {
            about.remove(who);
        } else {
            about.put(who, List.copyOf(lines));
        }
    }

    private Map<String, List<String>> about(Subject subject) {
        return notes.computeIfAbsent(subject, key -> new ConcurrentHashMap<>());
    }

    /**
     * Lists what all have said.
     *
     * @param subject what about
     * @return the lines, sorted
     */
    public List<String> all(Subject subject) {
        return about(subject).values().stream().flatMap(List::stream).sorted().toList();
    }
}
