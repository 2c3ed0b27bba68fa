package dev.vertxmicro.bridge.session;

import io.vertx.core.buffer.Buffer;

/** Looks at JSON before anybody reads it: what is nested by the hundred exhausts the stack of whoever writes it again. */
final class JsonDepth {
    /** As in what our codec reads. */
    static final int MOST = 100;

    private JsonDepth() {}

    /** Tells whether objects and lists are nested deeper than is allowed. */
    static boolean isExceeded(Buffer json) {
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            byte each = json.getByte(i);
            if (text) {
                if (each == '\\') {
                    i++;
                } else if (each == '"') {
                    text = false;
                }
            } else if (each == '"') {
                text = true;
            } else if (each == '{' || each == '[') {
                if (++depth > MOST) {
                    return true;
                }
            } else if (each == '}' || each == ']') {
                depth--;
            }
        }
        return false;
    }
}
