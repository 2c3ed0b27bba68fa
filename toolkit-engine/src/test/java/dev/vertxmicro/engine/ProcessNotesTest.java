package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the verticles of a process say of themselves. */
class ProcessNotesTest {
    @Test
    void areTheLastWordOfEach() throws Exception {
        Vertx vertx = Vertx.vertx();
        ProcessNotes.of(vertx).say(ProcessNotes.Subject.DUTIES, "one", List.of("b", "a"));
        ProcessNotes.of(vertx).say(ProcessNotes.Subject.DUTIES, "other", List.of("c"));
        assertThat(ProcessNotes.of(vertx).all(ProcessNotes.Subject.DUTIES)).containsExactly("a", "b", "c");
        assertThat(ProcessNotes.of(vertx).all(ProcessNotes.Subject.ADDRESSES)).isEmpty();
        ProcessNotes.of(vertx).say(ProcessNotes.Subject.DUTIES, "one", List.of());
        assertThat(ProcessNotes.of(vertx).all(ProcessNotes.Subject.DUTIES)).containsExactly("c");
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
