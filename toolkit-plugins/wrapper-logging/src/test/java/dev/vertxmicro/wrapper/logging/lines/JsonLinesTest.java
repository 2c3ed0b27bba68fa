package dev.vertxmicro.wrapper.logging.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class JsonLinesTest {
    private final JsonLines json = new JsonLines();

    private JsonObject object(LogRecord entry) {
        String line = json.format(entry);
        assertThat(line).endsWith("}\n");
        assertThat(line.indexOf('\n')).as("one line").isEqualTo(line.length() - 1);
        return new JsonObject(line);
    }

    @Test
    void eachEntryIsAnObjectInOneLine() {
        LogRecord entry = new LogRecord(Level.WARNING, "said \"{0}\"\nand a \u0001");
        entry.setParameters(new Object[] {"hi"});
        entry.setLoggerName("a.Logger");
        entry.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
        assertThat(object(entry))
                .isEqualTo(new JsonObject()
                        .put("time", "2026-01-02T03:04:05.006Z")
                        .put("level", "WARNING")
                        .put("logger", "a.Logger")
                        .put("thread", Thread.currentThread().getName())
                        .put("message", "said \"hi\"\nand a \u0001"));
    }

    @Test
    void aLineAboutACallHasItsFields() {
        CallLine line = new CallLine("call Greeter.Hello 200")
                .add("code", 200)
                .addMillis("duration_ms", 1_234_567)
                .add("caller", "web")
                .add("unknown", -1)
                .add("empty", "");
        JsonObject object = object(new CallRecord(Level.INFO, "micro.calls.server", line));
        assertThat(object.getString("message")).isEqualTo("call Greeter.Hello 200");
        assertThat(object.getInteger("code")).isEqualTo(200);
        assertThat(object.getDouble("duration_ms")).isEqualTo(1.234);
        assertThat(object.getString("caller")).isEqualTo("web");
        assertThat(object.fieldNames()).doesNotContain("unknown", "empty");
    }

    @Test
    void theMdcIsShownAndHidesNothing() {
        MDC.put("tenant", "blue");
        MDC.put("level", "mine");
        try {
            JsonObject object = object(new LogRecord(Level.INFO, "hi"));
            assertThat(object.getString("tenant")).isEqualTo("blue");
            assertThat(object.getString("level")).isEqualTo("INFO");
        } finally {
            MDC.clear();
        }
    }

    @Test
    void anExceptionHasItsStack() {
        LogRecord entry = new LogRecord(Level.SEVERE, "failed");
        entry.setThrown(new IllegalStateException("broken"));
        JsonObject object = object(entry);
        assertThat(object.getString("exception")).isEqualTo("java.lang.IllegalStateException");
        assertThat(object.getString("stack")).contains("broken", "at dev.vertxmicro");
    }

    @Test
    void theConsoleShowsJsonFromThenOn() {
        Logger root = Logger.getLogger("");
        Handler console = new ConsoleHandler();
        Formatter before = console.getFormatter();
        root.addHandler(console);
        try {
            JsonLines.onConsole();
            Formatter formatter = console.getFormatter();
            assertThat(formatter).isInstanceOf(JsonLines.class).isNotEqualTo(before);
            JsonLines.onConsole();
            assertThat(console.getFormatter()).isSameAs(formatter);
        } finally {
            root.removeHandler(console);
            for (Handler other : root.getHandlers()) {
                other.setFormatter(before);
            }
        }
    }
}
