package dev.vertxmicro.interop;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.interop.peer.Delay;
import dev.vertxmicro.interop.peer.Entries;
import dev.vertxmicro.interop.peer.Failure;
import dev.vertxmicro.interop.peer.Item;
import dev.vertxmicro.interop.peer.Payload;
import dev.vertxmicro.interop.peer.PeerHandler;
import dev.vertxmicro.interop.peer.Total;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.ServerStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.stream.LongStream;

/** Serves every kind of call and failure, as the Go program does. */
final class ServedPeer implements PeerHandler {
    private final Vertx vertx;
    private final Events events;

    ServedPeer(Vertx vertx, Events events) {
        this.vertx = vertx;
        this.events = events;
    }

    @Override
    public Future<Payload> echo(Payload request, CallContext context) {
        return Future.succeededFuture(request);
    }

    @Override
    public Future<Payload> fail(Failure request, CallContext context) {
        return Future.failedFuture(MicroException.of(request.getId(), request.getCode(), request.getDetail()));
    }

    @Override
    public Future<Payload> wait(Delay request, CallContext context) {
        Payload waited = Payload.newBuilder().setText("waited").build();
        return vertx.timer(Duration.ofMillis(request.getMillis()).toMillis()).map(waited);
    }

    @Override
    public Future<Entries> headers(Payload request, CallContext context) {
        return Future.succeededFuture(
                Entries.newBuilder().putAllValues(context.metadata().toMap()).build());
    }

    @Override
    public Future<Total> events(Payload request, CallContext context) {
        return Future.succeededFuture(events.total());
    }

    @Override
    public Future<Void> count(Total request, ServerStream<Total, Item> stream, CallContext context) {
        return stream.sendAll(LongStream.range(0, request.getCount())
                .mapToObj(number -> Item.newBuilder()
                        .setNumber(number)
                        .setText(request.getText())
                        .build())
                .iterator());
    }

    @Override
    public Future<Total> collect(ServerStream<Item, Total> stream, CallContext context) {
        Promise<Total> answer = Promise.promise();
        Total.Builder total = Total.newBuilder();
        stream.onMessage(item -> {
            total.setCount(total.getCount() + 1).setSum(total.getSum() + item.getNumber());
            if (total.getCount() >= item.getCount()) {
                answer.tryComplete(total.build());
            }
        });
        stream.ended().onComplete(end -> answer.tryComplete(total.build()));
        return answer.future();
    }

    @Override
    public Future<Void> chat(ServerStream<Item, Item> stream, CallContext context) {
        stream.onMessage(item -> {
            stream.pause();
            stream.send(item).onSuccess(sent -> stream.resume());
        });
        return stream.ended();
    }
}
