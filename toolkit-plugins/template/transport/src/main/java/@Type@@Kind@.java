package @root@;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A @kind@ over @Type@, of which nothing is written yet: each call fails.
 *
 * <p>Failures, threads and what holds after {@code close}: to be said here.
 */
public final class @Type@@Kind@ implements @Kind@ {
    /** Name of the type. */
    static final String TYPE = "@name@";

    private final @Type@@Kind@Options options;

    private @Type@@Kind@(@Type@@Kind@Options options) {
        this.options = options;
    }

    /**
     * Makes one. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the @kind@
     */
    public static @Type@@Kind@ create(Vertx vertx, @Type@@Kind@Options options) {
        return new @Type@@Kind@(options);
    }

    private <T> Future<T> toBeWritten(String what) {
        return Future.failedFuture(new UnsupportedOperationException(
                what + " at " + options.address() + " (expected: to be written)"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        return toBeWritten("request");
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        return toBeWritten("open");
    }

    @Override
    public Future<Void> probe(String address) {
        return toBeWritten("probe");
    }

    @Override
    public Listener listener(String address) {
        return new Listener() {
            @Override
            public Listener onRequest(RequestHandler handler) {
                return this;
            }

            @Override
            public Listener onStream(SocketHandler handler) {
                return this;
            }

            @Override
            public Future<String> listen() {
                return toBeWritten("listen");
            }

            @Override
            public Future<Void> close() {
                return toBeWritten("close");
            }
        };
    }

    @Override
    public Future<Void> close() {
        return toBeWritten("close");
    }
}
