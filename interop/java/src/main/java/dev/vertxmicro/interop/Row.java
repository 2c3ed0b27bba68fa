package dev.vertxmicro.interop;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/**
 * One thing that peers must be able to do with each other: the same names as in the Go program.
 *
 * @param name  in the table
 * @param check does it; fails with what is wrong
 */
record Row(String name, Function<PeerCaller, Future<?>> check) {

    /** In the order of the table. */
    static final List<Row> ALL = List.of(
            new Row("unary", UnaryRows::unary),
            new Row("empty message", UnaryRows::empty),
            new Row("3 MiB message", UnaryRows::large),
            new Row("3,200 concurrent calls", UnaryRows::concurrent),
            new Row("error", FailureRows::error),
            new Row("plain error", FailureRows::plain),
            new Row("unknown service", FailureRows::unknownService),
            new Row("unknown endpoint", FailureRows::unknownEndpoint),
            new Row("timeout", FailureRows::timeout),
            new Row("server stream", StreamRows::server),
            new Row("client stream", StreamRows::client),
            new Row("bidi in turns", StreamRows::bidiInTurns),
            new Row("bidi at once", StreamRows::bidiAtOnce),
            new Row("metadata", UnaryRows::metadata),
            new Row("event", EventRow::event),
            new Row("published event", EventRow::published));

    /** Fails a check unless something is so. */
    static <T> T expect(T found, boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
        return found;
    }
}
