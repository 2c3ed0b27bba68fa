package dev.vertxmicro.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTreeTest {
    private final List<TracedSpan> spans = new ArrayList<>();

    private JsonObject span(String id, String parent, String service, String kind, long began, long micros) {
        JsonObject span = new JsonObject()
                .put("id", id)
                .put("localEndpoint", new JsonObject().put("serviceName", service))
                .put("timestamp", began)
                .put("duration", micros)
                .put("tags", new JsonObject());
        if (!parent.isEmpty()) {
            span.put("parentId", parent);
        }
        return kind.isEmpty() ? span : span.put("kind", kind);
    }

    private static JsonObject rpc(JsonObject span, String service, String method) {
        span.getJsonObject("tags").put("rpc.service", service).put("rpc.method", method);
        return span;
    }

    private void add(JsonObject span) {
        spans.add(TracedSpan.of(span));
    }

    private TraceTree tree() {
        return TraceTree.of(spans);
    }

    @Test
    void hasWhatEachHasCausedBeneathItInTheOrderOfTime() {
        JsonObject event = span("5", "3", "grades", "PRODUCER", 12, 100);
        event.getJsonObject("tags").put("messaging.destination.name", "enrolled");
        JsonObject heard = span("6", "5", "audit", "CONSUMER", 13, 2_000);
        heard.getJsonObject("tags")
                .put("messaging.destination.name", "enrolled")
                .put("error.type", "503");
        add(heard);
        add(event);
        add(rpc(span("4", "2", "students", "CLIENT", 20, 300), "grades", "Grades.Undo"));
        add(rpc(span("3", "2", "students", "CLIENT", 11, 400), "grades", "Grades.List"));
        add(rpc(span("2", "1", "students", "SERVER", 10, 12_340), "students", "Students.Enroll"));
        add(span("1", "", "vertx", "", 1, 0).put("name", "call students students.enroll"));
        assertThat(tree().lines())
                .containsExactly(
                        "vertx call students students.enroll    200  -",
                        "  students Students.Enroll             200  12.3 ms",
                        "    students calls grades Grades.List  200  0.4 ms",
                        "      grades publishes enrolled        200  0.1 ms",
                        "        audit takes enrolled           503  2.0 ms",
                        "    students calls grades Grades.Undo  200  0.3 ms");
    }

    @Test
    void isWholeWhenNothingIsKnownToBeMissing() {
        assertThat(tree().isWhole()).isFalse();
        add(span("1", "", "vertx", "", 1, 9));
        assertThat(tree().isWhole()).as("only of the command").isFalse();
        add(span("3", "2", "b", "SERVER", 3, 9));
        assertThat(tree().isWhole()).as("a parent is missing").isFalse();
        add(span("2", "1", "a", "CLIENT", 2, 9));
        assertThat(tree().isWhole()).isTrue();
        add(span("4", "1", "a", "PRODUCER", 4, 9));
        assertThat(tree().isWhole()).as("nobody has taken the message yet").isFalse();
    }

    @Test
    void joinsTheTwoHalvesOfASpanOfB3() {
        add(span("1", "", "a", "CLIENT", 1, 9));
        add(span("1", "", "b", "SERVER", 2, 9).put("shared", true));
        add(span("2", "1", "b", "CLIENT", 3, 9));
        add(span("2", "1", "c", "SERVER", 4, 9).put("shared", true));
        assertThat(tree().lines())
                .extracting(line -> line.replaceAll(" \\?.*", ""))
                .containsExactly("a", "  b", "    b", "      c");
        assertThat(tree().isWhole()).isTrue();
    }

    @Test
    void showsWhatHasNoParentAndWhatGoesRoundInACircle() {
        add(span("1", "9", "orphan", "", 1, 9));
        add(span("2", "3", "round", "", 2, 9));
        add(span("3", "2", "about", "", 3, 9));
        add(span("4", "4", "self", "", 4, 9));
        assertThat(tree().lines())
                .extracting(line -> line.replaceAll(" \\?.*", ""))
                .containsExactly("orphan", "round", "  about", "self");
    }

    @Test
    void keepsToOneShortLineWhateverOthersHaveWritten() {
        add(span("1", "", "a\nb\u001b[2J", "", 1, 9)
                .put("name", "x".repeat(10_000))
                .put("tags", "none"));
        add(new JsonObject().put("id", 7).put("kind", new JsonObject()).put("duration", "long"));
        assertThat(tree().lines()).hasSize(2).allMatch(line -> line.length() < 300 && !line.contains("\n"));
        for (int i = 0; i < 600; i++) {
            add(span("n" + i, "n" + (i - 1), "deep", "", i, 1));
        }
        assertThat(tree().lines()).hasSize(501).endsWith("and 102 more");
    }

    @Test
    void marksErrorsWithoutACode() {
        JsonObject failed = span("1", "", "go", "SERVER", 1, 9);
        failed.getJsonObject("tags").put("error", "true");
        add(failed);
        assertThat(tree().lines()).containsExactly("go ?  error  0.0 ms");
    }
}
