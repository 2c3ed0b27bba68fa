package dev.vertxmicro.interop;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Results on standard output, one JSON object a line. */
final class Lines {
    private Lines() {}

    /** Prints one result. */
    static void print(JsonObject result) {
        System.out.println(result.encode());
    }

    /** Blocks until who started this program closes its standard input or ends. */
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // What is said does not matter.
        }
    }
}
