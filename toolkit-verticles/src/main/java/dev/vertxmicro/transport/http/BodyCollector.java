package dev.vertxmicro.transport.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Collects a body, up to a limit. A body that comes in one piece, as small ones do, is not copied. */
final class BodyCollector implements Handler<Buffer> {
    private static final Buffer EMPTY = Buffer.buffer();

    private final int maxBytes;
    private final Runnable onExcess;
    private Buffer body = EMPTY;
    private boolean own;
    private boolean exceeded;

    /**
     * Makes a collector.
     *
     * @param maxBytes the limit
     * @param onExcess what to do, once, when it is passed
     */
    BodyCollector(int maxBytes, Runnable onExcess) {
        this.maxBytes = maxBytes;
        this.onExcess = onExcess;
    }

    @Override
    public void handle(Buffer chunk) {
        if (exceeded) {
            return;
        }
        if ((long) body.length() + chunk.length() > maxBytes) {
            exceeded = true;
            body = EMPTY;
            onExcess.run();
        } else if (body.length() == 0) {
            body = chunk;
        } else {
            append(chunk);
        }
    }

    private void append(Buffer chunk) {
        if (!own) {
            body = Buffer.buffer(body.length() + chunk.length()).appendBuffer(body);
            own = true;
        }
        body.appendBuffer(chunk);
    }

    boolean exceeded() {
        return exceeded;
    }

    Buffer body() {
        return body;
    }
}
