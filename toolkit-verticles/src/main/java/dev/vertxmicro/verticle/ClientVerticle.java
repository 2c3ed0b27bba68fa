package dev.vertxmicro.verticle;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.eventbus.BusCancellations;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.verticle.calls.CallConsumer;
import dev.vertxmicro.verticle.calls.NearCalls;
import dev.vertxmicro.verticle.calls.StreamConsumer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls for verticles that know only the event bus: takes them at {@code micro.client}, replies with the answer.
 * docs/event-bus.md describes the messages.
 */
public final class ClientVerticle extends VerticleBase {
    private @Nullable Client client;
    private @Nullable MessageConsumer<Object> consumer;
    private @Nullable BusCancellations cancellations;
    private @Nullable StreamConsumer streams;
    private @Nullable NearCalls near;
    private final Promise<Void> idle = Promise.promise();
    private Duration drainTimeout = Duration.ZERO;
    private final AtomicInteger running = new AtomicInteger();
    private volatile @Nullable Future<Void> stopped;

    /** For the deployment by name. */
    public ClientVerticle() {}

    @Override
    public Future<?> start() {
        ServiceDescriptor descriptor = DescribedVerticles.read(vertx, ClientVerticle.class, config());
        DescribedClient created = DescribedClient.create(vertx, descriptor);
        client = created;
        drainTimeout = descriptor.server().drainTimeout();
        Undeployment.of(context, this::end);
        boolean byAddress = descriptor.byAddress();
        StreamConsumer streaming = new StreamConsumer(vertx, created, byAddress, descriptor.shared());
        streams = streaming;
        return created.ready()
                .compose(ready -> listen(new CallConsumer(vertx, created, byAddress), streaming, descriptor.shared()));
    }

    private Future<Void> listen(CallConsumer calling, StreamConsumer streaming, boolean shared) {
        BusCancellations cancelling = BusCancellations.listen(vertx.eventBus(), shared);
        cancellations = cancelling;
        Function<Message<Object>, Future<?>> call = asked -> counted(calling, cancelling, asked);
        Handler<Message<Object>> taking = message -> {
            if (BusOpening.is(message)) {
                running.incrementAndGet();
                streaming.open(message).onComplete(over -> ended());
            } else {
                BusMessages.answer(message, call);
            }
        };
        EventBus bus = vertx.eventBus();
        MessageConsumer<Object> opened =
                shared ? bus.consumer(BusProtocol.CLIENT, taking) : bus.localConsumer(BusProtocol.CLIENT, taking);
        consumer = opened;
        NearCalls nearby = new NearCalls(bus, message -> BusMessages.answer(message, call));
        near = nearby;
        return opened.completion().onSuccess(listening -> nearby.begin());
    }

    private Future<?> counted(CallConsumer calling, BusCancellations cancelling, Message<Object> message) {
        running.incrementAndGet();
        String call = BusCancellations.id(message);
        Future<?> answer = null;
        try {
            answer = calling.call(cancelling.begin(call), message);
            return answer.onComplete(done -> ended(cancelling, call));
        } finally {
            if (answer == null) {
                ended(cancelling, call);
            }
        }
    }

    private void ended(BusCancellations cancelling, String call) {
        cancelling.end(call);
        ended();
    }

    private void ended() {
        running.decrementAndGet();
        endIfIdle();
    }

    private void endIfIdle() {
        if (stopped != null && running.get() == 0) {
            idle.tryComplete();
        }
    }

    @Override
    public Future<?> stop() {
        return end();
    }

    /** The address leaves first; calls that run have the drain timeout to end; then the client is closed. */
    private Future<Void> end() {
        Future<Void> known = stopped;
        if (known == null) {
            Promise<Void> begun = Promise.promise();
            stopped = begun.future();
            known = begun.future();
            if (near != null) {
                near.end();
            }
            (consumer == null ? Future.<Void>succeededFuture() : consumer.unregister())
                    .eventually(this::drained)
                    .eventually(() -> streams == null ? Future.<Void>succeededFuture() : streams.close())
                    .eventually(() -> cancellations == null ? Future.<Void>succeededFuture() : cancellations.close())
                    .eventually(() -> client == null ? Future.<Void>succeededFuture() : client.close())
                    .onComplete(begun);
        }
        return known;
    }

    private Future<Void> drained() {
        endIfIdle();
        if (!drainTimeout.isZero()) {
            long alarm = vertx.setTimer(Math.max(1, drainTimeout.toMillis()), late -> idle.tryComplete());
            idle.future().onComplete(done -> vertx.cancelTimer(alarm));
            return idle.future();
        }
        return Future.succeededFuture();
    }
}
