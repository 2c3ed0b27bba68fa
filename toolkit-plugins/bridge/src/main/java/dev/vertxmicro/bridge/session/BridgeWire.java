package dev.vertxmicro.bridge.session;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One connection of a client, whatever carries it. Used on the context of its bridge. */
interface BridgeWire {
    /** Tells how its frames look. */
    Dialect dialect();

    /** Names the other side, for the log. */
    String peer();

    /** Sends a frame; completes when it has left. */
    Future<Void> write(Buffer frame);

    /** Reads no more, where that can be had. */
    void pause();

    /** Reads again. */
    void resume();

    /** Closes the connection, after what was written, or at once. */
    void close(boolean now);
}
