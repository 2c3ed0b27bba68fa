package dev.vertxmicro.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pages about this process for those who watch it, such as its metrics; the ports of health endpoints show them, too. May be used from
 * any thread.
 */
public final class StatusPages implements Shareable {
    private static final String NAME = "dev.vertxmicro.pages";

    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    private StatusPages() {}

    /** A page, asked for by anybody who reaches the port, as often as he likes. */
    @FunctionalInterface
    public interface Page {

        /**
         * Shows it. Called on an event loop.
         *
         * @param accept the types of content that the visitor takes, as HTTP's {@code Accept} has them; empty for any
         * @return what is shown; a failure is 500
         */
        Future<Content> show(String accept);
    }

    /**
     * What is shown.
     *
     * @param status of HTTP
     * @param type   of the content
     * @param body   the content
     */
    public record Content(int status, String type, Buffer body) {}

    /**
     * Finds those of a Vert.x.
     *
     * @param vertx the process
     * @return the same for all of its verticles
     */
    public static StatusPages of(Vertx vertx) {
        return vertx.sharedData()
                .<String, StatusPages>getLocalMap(NAME)
                .computeIfAbsent(NAME, key -> new StatusPages());
    }

    /**
     * Adds a page, in place of one that is there.
     *
     * @param path where, such as {@code /metrics}
     * @param page the page
     */
    public void put(String path, Page page) {
        pages.put(path, page);
    }

    /**
     * Takes a page away, unless another is there by now.
     *
     * @param path where
     * @param page the page
     */
    public void remove(String path, Page page) {
        pages.remove(path, page);
    }

    /**
     * Finds a page.
     *
     * @param path what is asked for
     * @return the page; empty if there is none
     */
    public Optional<Page> find(String path) {
        return Optional.ofNullable(pages.get(path));
    }
}
