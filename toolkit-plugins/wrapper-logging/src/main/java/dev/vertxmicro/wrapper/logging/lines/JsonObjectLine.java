package dev.vertxmicro.wrapper.logging.lines;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.HashSet;
import java.util.Set;

/** Writes one JSON object; a name that comes again is left out. */
final class JsonObjectLine {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder text = new StringBuilder(512).append('{');
    private final Set<String> written = new HashSet<>();

    JsonObjectLine add(String name, Object value) {
        if (!written.add(name)) {
            return this;
        }
        if (text.length() > 1) {
            text.append(',');
        }
        quoted(name);
        text.append(':');
        if (value instanceof Number) {
            text.append(value);
        } else {
            quoted(value.toString());
        }
        return this;
    }

    private void quoted(String value) {
        text.append('"');
        ENCODER.quoteAsString(value, text);
        text.append('"');
    }

    /** Gives the object, and the end of its line. */
    String line() {
        return text.append("}\n").toString();
    }
}
