package dev.vertxmicro.cli.terminal;

import io.vertx.core.json.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;

/** Standard output, in UTF-8 whatever the locale, each line flushed. */
public final class Output {
    /** Without databind, which takes longer to load than all else that a command does. */
    private static final JacksonCodec JSON = new JacksonCodec();

    private Output() {}

    /** Prints one line, without blanks at its end. */
    public static void line(String text) {
        byte[] line = (text.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }

    /** Prints a JSON object or array as one line. */
    public static void json(Object json) {
        line(JSON.toString(json, false));
    }

    /** Tells whether nobody reads any more, as after {@code | head}. */
    public static boolean closed() {
        return System.out.checkError();
    }
}
