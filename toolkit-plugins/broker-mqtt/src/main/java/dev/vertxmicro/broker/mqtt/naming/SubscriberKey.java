package dev.vertxmicro.broker.mqtt.naming;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What one connection for subscriptions is for. MQTT 3.1.1 does not tell for which of its subscriptions a message has come, so
 * each queue has a connection, each pattern of topics has one, and the topics without either share one.
 *
 * @param queue   the queue, if it is for one
 * @param pattern the topic with wildcards, if it is for one
 */
public record SubscriberKey(Optional<String> queue, Optional<String> pattern) {

    /**
     * Finds the connection for a subscription.
     *
     * @param topic a topic or pattern
     * @param queue the queue, if there is one
     * @return its key
     */
    public static SubscriberKey of(String topic, Optional<String> queue) {
        return new SubscriberKey(queue, TopicNames.isWildcard(topic) ? Optional.of(topic) : Optional.empty());
    }

    /**
     * Gives what the server knows a subscription by.
     *
     * @param topic a topic or pattern
     * @return the filter of a SUBSCRIBE
     */
    public String filter(String topic) {
        return queue.map(name -> "$share/" + name + "/" + topic).orElse(topic);
    }

    /**
     * Gives the id of the connection: always the same for the same key, so that the server finds the session it kept.
     *
     * @param of id of the broker object
     * @return id of the connection
     */
    public String clientId(String of) {
        String name = queue.map(SubscriberKey::plain).orElse("sub");
        String id = of.contains(ClientIdTemplate.QUEUE) ? of.replace(ClientIdTemplate.QUEUE, name) : of + "-" + name;
        return pattern.map(text -> id + "-" + hash(text)).orElse(id);
    }

    /**
     * Gives the id of the connection that publishes.
     *
     * @param of id of the broker object
     * @return id of the connection
     */
    public static String publishing(String of) {
        return of.replace(ClientIdTemplate.QUEUE, "pub");
    }

    /** Servers may refuse other characters, above all those of patterns. */
    private static String plain(String queue) {
        return queue.matches("[0-9A-Za-z._-]+") && !queue.equals("sub") && !queue.equals("pub") ? queue : hash(queue);
    }

    private static String hash(String text) {
        CRC32 hash = new CRC32();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", hash.getValue());
    }
}
