package dev.vertxmicro.verticle.streams;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Carries messages between two streams, each way as quickly as the other side reads. */
public final class StreamRelay {
    private StreamRelay() {}

    /**
     * Joins somebody on the event bus with a stream of a service.
     *
     * @param caller  his end of a stream
     * @param service the stream that was opened for him
     * @param timers  the clock
     */
    public static void join(Socket caller, ClientStream<Buffer, Buffer> service, Timers timers) {
        caller.onMessage(message -> {
            Future<Void> sent = service.send(message.body());
            if (!sent.isComplete()) {
                caller.pause();
                sent.onComplete(room -> caller.resume());
            }
        });
        service.onMessage(body -> {
            Future<Void> sent = caller.send(new Message(Metadata.EMPTY, body));
            if (!sent.isComplete()) {
                service.pause();
                sent.onComplete(room -> service.resume());
            }
        });
        caller.onEnd(trailer -> service.end());
        caller.closed().onFailure(gone -> service.cancel(MicroException.from(BusProtocol.CLIENT, gone)));
        service.ended().onComplete(done -> end(caller, done, timers));
    }

    private static void end(Socket caller, AsyncResult<Void> done, Timers timers) {
        Metadata how = done.succeeded()
                ? Metadata.EMPTY
                : Metadata.of(
                        Headers.ERROR,
                        MicroException.from(BusProtocol.CLIENT, done.cause()).text());
        caller.onMessage(late -> {}).resume();
        Farewell farewell = new Farewell(caller, timers);
        caller.closed().onComplete(closed -> farewell.over());
        // whoever has no room for what was sent before has his time too, and once more for his own end
        farewell.begin();
        caller.end(how).onSuccess(told -> farewell.begin());
    }

    /**
     * Joins a caller with a handler.
     *
     * @param name    of the handler, for errors
     * @param caller  the stream that came
     * @param handler the stream that was opened for it
     * @return completes when the handler has ended the stream, fails as it does
     */
    public static Future<Void> join(
            String name, ServerStream<Buffer, Buffer> caller, ClientStream<Buffer, Buffer> handler) {
        caller.onMessage(body -> {
            Future<Void> sent = handler.send(body);
            if (!sent.isComplete()) {
                caller.pause();
                sent.onComplete(room -> caller.resume());
            }
        });
        handler.onMessage(body -> {
            Future<Void> sent = caller.send(body);
            if (!sent.isComplete()) {
                handler.pause();
                sent.onComplete(room -> handler.resume());
            }
        });
        caller.ended()
                .onSuccess(end -> handler.end())
                .onFailure(gone -> handler.cancel(MicroException.from(name, gone)));
        return handler.ended();
    }
}
