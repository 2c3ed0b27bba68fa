package dev.vertxmicro.transport.http;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.program.JavaProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Serves calls in little memory, and ends at the first OutOfMemoryError. A request says by its headers what it wants: {@code Bytes}
 * is the size of the answer, {@code Never} an answer that does not come.
 */
public final class SmallHeapServer {
    private SmallHeapServer() {}

    /** Starts one, which has this much heap. */
    public static JavaProcess start(int heapMiB) {
        return JavaProcess.startWith(
                List.of("-Xmx" + heapMiB + "m", "-XX:+ExitOnOutOfMemoryError"), SmallHeapServer.class.getName());
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS)
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> answer(request))
                .listen()
                .onSuccess(address -> System.out.println("listening on " + address));
    }

    private static Future<Message> answer(Message request) {
        if (!request.headers().value("Never", "").isEmpty()) {
            return Promise.<Message>promise().future();
        }
        int bytes = Integer.parseInt(request.headers().value("Bytes", "2"));
        return Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes])));
    }
}
