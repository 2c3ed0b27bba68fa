package dev.vertxmicro.wrapper.logging.lines;

import dev.vertxmicro.wrapper.logging.mdc.CallIds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JSON object, in a line of its own, of each entry of java.util.logging, whoever wrote it: {@code time}, {@code level}, {@code
 * logger}, {@code thread}, {@code message}, the fields of a line about a call, the ids of the call that the thread works on and the rest of
 * the MDC, and {@code exception} with its {@code stack}. The MDC does not hide any of these.
 *
 * <p>A handler of {@code logging.properties} may name it. May be used concurrently.
 */
public final class JsonLines extends Formatter {

    /** For java.util.logging. */
    public JsonLines() {}

    /** Has the console of this process show JSON from now on. */
    public static void onConsole() {
        Logger root = LogManager.getLogManager().getLogger("");
        if (root == null) {
            return;
        }
        for (Handler handler : root.getHandlers()) {
            if (handler instanceof ConsoleHandler && !(handler.getFormatter() instanceof JsonLines)) {
                handler.setFormatter(new JsonLines());
            }
        }
    }

    @Override
    public String format(LogRecord entry) {
        JsonObjectLine json = new JsonObjectLine()
                .add("time", entry.getInstant().toString())
                .add("level", entry.getLevel().getName())
                .add("logger", String.valueOf(entry.getLoggerName()))
                .add("thread", Thread.currentThread().getName());
        if (entry instanceof CallRecord call) {
            json.add("message", call.line().sentence());
            call.line().fields(json::add);
        } else {
            json.add("message", formatMessage(entry));
        }
        thrown(json, entry.getThrown());
        CallIds.onThread(json::add);
        return json.line();
    }

    private static void thrown(JsonObjectLine json, @Nullable Throwable thrown) {
        if (thrown != null) {
            StringWriter stack = new StringWriter();
            thrown.printStackTrace(new PrintWriter(stack, true));
            json.add("exception", thrown.getClass().getName()).add("stack", stack.toString());
        }
    }
}
