package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/** Large bodies, each by a stream of its own, on which there is one message a direction. */
public final class OneMessage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OneMessage() {}

    /**
     * Reads the message that comes.
     *
     * @param socket this side's end
     * @return the message; fails if the stream ends without it
     */
    public static Future<Message> read(Socket socket) {
        Promise<Message> message = Promise.promise();
        socket.closed().onFailure(message::tryFail);
        socket.onEnd(early -> message.tryFail(
                MicroException.internal("go.micro.client.transport", "EOF").withFault(Fault.BROKEN)));
        socket.onMessage(message::tryComplete);
        return message.future();
    }

    /**
     * Reads a request, which has to be there in 30 s, whole: who opens a stream and sends nothing does not keep its place.
     *
     * @param socket this side's end
     * @param timers the clock
     * @return the message; fails if the stream ends without it, or time is over
     */
    public static Future<Message> readRequest(Socket socket, Timers timers) {
        Timer late = timers.schedule(
                PATIENCE,
                () -> socket.reset(MicroException.timeout("go.micro.transport", "the request did not come in time")
                        .withoutStackTrace()));
        return read(socket).onComplete(done -> late.cancel());
    }

    /**
     * Sends a message, the only one, and ends. Who takes nothing of it for 30 s, or does not end then, is reset.
     *
     * @param socket  this side's end
     * @param message what to send
     */
    public static void write(Socket socket, Message message) {
        write(socket, message, true);
    }

    private static void write(Socket socket, Message message, boolean last) {
        socket.send(message);
        socket.end(Metadata.EMPTY);
        if (socket instanceof BusSocket end) {
            end.limitReading(last);
        }
    }

    /**
     * Sends a message and reads the answer.
     *
     * @param socket  this side's end
     * @param message what to send
     * @return the answer; fails if the stream ends without it
     */
    public static Future<Message> exchange(Socket socket, Message message) {
        Future<Message> answer = read(socket);
        write(socket, message, false);
        return answer;
    }
}
