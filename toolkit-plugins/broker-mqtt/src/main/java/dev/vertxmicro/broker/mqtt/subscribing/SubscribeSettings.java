package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.session.ClientSettings;
import dev.vertxmicro.broker.mqtt.session.ConnectionSettings;
import java.time.Duration;
import java.util.function.Function;

/**
 * How topics are subscribed to.
 *
 * @param qos            quality of service
 * @param raw            whether messages are without an envelope
 * @param serverRequired whether a {@code subscribe} fails where no server answers
 * @param patience       how long a {@code subscribe} waits for the server
 * @param clientId       by which the server knows the broker object
 * @param clientIdGiven  whether the user has chosen that
 * @param connections    how they are made
 * @param clients        as what each comes to the server
 */
public record SubscribeSettings(
        int qos,
        boolean raw,
        boolean serverRequired,
        Duration patience,
        String clientId,
        boolean clientIdGiven,
        ConnectionSettings connections,
        Function<SubscriberKey, ClientSettings> clients) {}
