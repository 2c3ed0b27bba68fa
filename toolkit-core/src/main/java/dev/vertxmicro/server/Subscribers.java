package dev.vertxmicro.server;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.EndpointInfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The subscribers of a server, by topic (go-micro {@code server/rpc_router.go}, {@code ProcessMessage}). However many there
 * are, each gets a message once; go-micro's get it as often as there are subscribers.
 */
final class Subscribers {
    private static final String ID = "go.micro.server";

    private final Map<String, List<Subscriber<?>>> byTopic = new TreeMap<>(Comparator.reverseOrder());

    /** One handler with what it takes. */
    record Subscriber<M>(Endpoint<M, Void> endpoint, Handler<M, Void> handler) {
        Future<Void> take(Codec codec, Buffer payload, CallContext context, Invoker invoker) {
            M message = codec.decode(payload, endpoint.requestType());
            return invoker.invoke(() -> handler.handle(message, context));
        }
    }

    void add(Subscriber<?> subscriber) {
        byTopic.computeIfAbsent(subscriber.endpoint().name(), topic -> new ArrayList<>(1))
                .add(subscriber);
    }

    /**
     * Gives a message to every subscriber of a topic, none perhaps.
     *
     * @param codec  reads the payload, once for each
     * @param hidden turns what a handler failed with into what its publisher may learn
     * @return completes when all have dealt with it; fails with all that went wrong, in go-micro's words
     */
    Future<Void> deliver(
            String topic,
            Codec codec,
            Buffer payload,
            CallContext context,
            Invoker invoker,
            BiFunction<String, Throwable, MicroException> hidden) {
        List<Subscriber<?>> subscribers = byTopic.getOrDefault(topic, List.of());
        List<Future<Void>> taken = new ArrayList<>(subscribers.size());
        for (Subscriber<?> subscriber : subscribers) {
            taken.add(take(subscriber, codec, payload, context, invoker));
        }
        Future<Void> all = Future.succeededFuture();
        for (Future<Void> one : taken) {
            all = all.transform(before -> one.transform(done -> Future.succeededFuture()));
        }
        return all.compose(done -> outcome(topic, taken, hidden));
    }

    private static Future<Void> outcome(
            String topic, List<Future<Void>> taken, BiFunction<String, Throwable, MicroException> hidden) {
        if (taken.stream().allMatch(Future::succeeded)) {
            return Future.succeededFuture();
        }
        String details = taken.stream()
                .filter(Future::failed)
                .map(failed -> hidden.apply(topic, failed.cause()).getMessage())
                .collect(Collectors.joining("\n"));
        return Future.failedFuture(
                MicroException.internal(ID, "subscriber error: " + details).withoutStackTrace());
    }

    private static Future<Void> take(
            Subscriber<?> subscriber, Codec codec, Buffer payload, CallContext context, Invoker invoker) {
        try {
            return subscriber.take(codec, payload, context, invoker);
        } catch (CodecException e) {
            return Future.failedFuture(MicroException.parse(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            return Future.failedFuture(e);
        }
    }

    /** Lists the subscribers for the registry as go-micro does, topics in descending order. */
    List<EndpointInfo> describe() {
        List<EndpointInfo> infos = new ArrayList<>();
        byTopic.forEach((topic, subscribers) -> {
            for (Subscriber<?> subscriber : subscribers) {
                infos.add(new EndpointInfo(
                        "Func",
                        MessageShape.of(subscriber.endpoint().requestType()),
                        Optional.empty(),
                        Map.of("topic", topic, "subscriber", "true")));
            }
        });
        return infos;
    }
}
