package dev.vertxmicro.server.events;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.handlers.MessageShape;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The subscribers of a server, by topic (go-micro {@code server/rpc_router.go}, {@code ProcessMessage}). However many there
 * are, each gets a message once; go-micro's get it as often as there are subscribers.
 */
public final class Subscribers {
    private final Map<String, List<Subscriber<?>>> byTopic = new TreeMap<>(Comparator.reverseOrder());

    /** One handler with what it takes. */
    public record Subscriber<M>(Topic<M> topic, EventHandler<M> handler, SubscribeOptions options) {
        EventOutcome.Taken take(Message message, CallContext context) {
            M payload;
            try {
                payload = topic.decode(message);
            } catch (CodecException e) {
                return new EventOutcome.Taken(
                        Future.failedFuture(MicroException.parse(String.valueOf(e.getMessage()))), false);
            } catch (Throwable e) {
                return new EventOutcome.Taken(Future.failedFuture(e), false);
            }
            Future<Void> done = Invoker.attempt(() -> handler.handle(payload, context));
            return new EventOutcome.Taken(done, true);
        }

        private Channel channel() {
            return new Channel(topic.name(), options);
        }
    }

    /** What is subscribed to at the broker once, for all subscribers of the same wishes. */
    record Channel(String topic, SubscribeOptions options) {}

    /**
     * Adds one to those of its topic.
     *
     * @throws IllegalArgumentException if members of its queue have other options: a message would reach some of them only
     */
    public void add(Subscriber<?> subscriber) {
        String topic = subscriber.topic().name();
        SubscribeOptions options = subscriber.options();
        options.requireTopic(topic);
        if (!options.autoAck()) {
            throw new IllegalArgumentException("autoAck: false (expected: true, a handler acknowledges by succeeding)");
        }
        List<Subscriber<?>> others = byTopic.computeIfAbsent(topic, name -> new ArrayList<>(1));
        for (Subscriber<?> other : others) {
            boolean sameQueue = options.queue().isPresent() && options.queue().equals(other.options.queue());
            if (sameQueue && !options.equals(other.options)) {
                throw new IllegalArgumentException(
                        "options of queue " + options.queue().get() + " at topic " + topic + ": " + options
                                + " (expected: the same for all its handlers, " + other.options + ")");
            }
        }
        others.add(subscriber);
    }

    /** Gives the subscribers of a topic, none perhaps. */
    public List<Subscriber<?>> of(String topic) {
        return byTopic.getOrDefault(topic, List.of());
    }

    /** Gives the subscribers that share a channel. */
    public List<Subscriber<?>> of(Channel channel) {
        return of(channel.topic()).stream()
                .filter(subscriber -> subscriber.channel().equals(channel))
                .toList();
    }

    /**
     * Lists the channels: one for each topic and options, and one without a queue for messages sent to the service by name.
     *
     * @param service name of the service
     * @return those without a queue first; none if there are no subscribers
     */
    public List<Channel> channels(String service) {
        if (byTopic.isEmpty()) {
            return List.of();
        }
        List<Channel> channels = byTopic.values().stream()
                .flatMap(List::stream)
                .map(Subscriber::channel)
                .distinct()
                .sorted(Comparator.comparing(
                        channel -> channel.options().queue().isPresent()))
                .collect(Collectors.toCollection(ArrayList::new));
        boolean reached = channels.stream()
                .anyMatch(channel -> channel.topic().equals(service)
                        && channel.options().queue().isEmpty());
        if (!reached) {
            channels.add(0, new Channel(service, SubscribeOptions.DEFAULTS));
        }
        return channels;
    }

    /**
     * Gives a message to subscribers.
     *
     * @return what came of it, when all have dealt with it; never fails
     */
    public static Future<EventOutcome> deliver(List<Subscriber<?>> subscribers, Message message, CallContext context) {
        List<EventOutcome.Taken> taken = new ArrayList<>(subscribers.size());
        for (Subscriber<?> subscriber : subscribers) {
            taken.add(subscriber.take(message, context));
        }
        Future<Void> all = Future.succeededFuture();
        for (EventOutcome.Taken one : taken) {
            all = all.transform(before -> one.done().transform(done -> Future.succeededFuture()));
        }
        return all.map(done -> new EventOutcome(taken));
    }

    /** Lists the subscribers for the registry as go-micro does, topics in descending order. */
    public List<EndpointInfo> describe() {
        List<EndpointInfo> infos = new ArrayList<>();
        byTopic.forEach((topic, subscribers) -> {
            for (Subscriber<?> subscriber : subscribers) {
                infos.add(new EndpointInfo(
                        "Func",
                        MessageShape.of(subscriber.topic().type()),
                        Optional.empty(),
                        Map.of("topic", topic, "subscriber", "true")));
            }
        });
        return infos;
    }
}
