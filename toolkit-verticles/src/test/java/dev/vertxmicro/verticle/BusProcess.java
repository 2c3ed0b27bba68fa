package dev.vertxmicro.verticle;

import dev.vertxmicro.eventbus.transport.EventBusTransport;
import dev.vertxmicro.eventbus.transport.EventBusTransportOptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that gives back what comes: as a server over the event bus, and as plain handlers; arguments: its own port, the ports of
 * all.
 */
public final class BusProcess {
    private BusProcess() {}

    /** As much as is asked for, or what came. */
    private static Message answer(Message request) {
        return request.headers()
                .get("Make")
                .map(size -> new Message(request.headers(), Buffer.buffer(new byte[Integer.parseInt(size)])))
                .orElse(request);
    }

    /** Prints "ready", its process and where its server is. */
    public static void main(String[] arguments) throws Exception {
        List<Integer> all =
                Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
        Vertx vertx = Cluster.join(Integer.parseInt(arguments[0]), all).await(30, TimeUnit.SECONDS);
        ClusterMember.join(vertx).await(30, TimeUnit.SECONDS);
        Transport transport = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
        String address = transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> request.headers().contains("Never")
                        ? Future.future(never -> {})
                        : Future.succeededFuture(answer(request)))
                .onStream(
                        (first, socket, peer) -> socket.onMessage(socket::send).onEnd(socket::end))
                .listen()
                .await(30, TimeUnit.SECONDS);
        vertx.eventBus()
                .<Buffer>consumer("micro.handler/plain/Plain.Bytes", message -> message.reply(message.body()))
                .completion()
                .await(30, TimeUnit.SECONDS);
        vertx.eventBus()
                .<Buffer>consumer(
                        "micro.handler/plain/Plain.Make",
                        message -> message.reply(Buffer.buffer(
                                new byte[Integer.parseInt(message.body().toString())])))
                .completion()
                .await(30, TimeUnit.SECONDS);
        vertx.eventBus()
                .consumer("micro.handler/plain/Plain.Talk", message -> {
                    PlainStream stream = new PlainStream(vertx).echoing();
                    stream.meet(message);
                    message.reply(null, stream.offer(PlainStream.PLENTY));
                })
                .completion()
                .await(30, TimeUnit.SECONDS);
        System.out.println("ready " + ProcessHandle.current().pid() + " " + address);
    }
}
