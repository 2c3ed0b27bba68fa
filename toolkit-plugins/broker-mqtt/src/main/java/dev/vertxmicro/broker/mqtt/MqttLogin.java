package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.mqtt.naming.ClientIdTemplate;
import dev.vertxmicro.broker.mqtt.naming.TopicNames;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * As whom a broker object comes to the server, and what the server does for it when it is away.
 *
 * @param clientId     by which the server knows this broker object; unique among its clients, who else throw each other out;
 *                     empty for a random one. Connections that carry subscriptions append to it. In a descriptor
 *                     {@code {service}}, {@code {id}} (of {@code server.id}), {@code {host}} and {@code {queue}} are filled
 *                     in
 * @param username     who logs in; empty for nobody
 * @param password     the password of the user; empty for none
 * @param sessions     for which subscriptions the server keeps what comes while the connection is away; ALL needs a {@code clientId}
 * @param sessionExpiry how long the server keeps what comes for a queue while the connection is away, where the sessions of
 *                      queues are kept by themselves; 1 s to 136 years
 * @param keepAlive    how soon a side of which nothing is heard is given up by the other
 * @param will         what the server publishes when this process is gone without a word; a disconnect sends none
 */
@Value.Builder
@OptionsStyle
public record MqttLogin(
        String clientId,
        String username,
        Secret password,
        MqttSessions sessions,
        Duration sessionExpiry,
        Duration keepAlive,
        Optional<MqttWill> will)
        implements WithMqttLogin {
    private static final Duration LONGEST = Duration.ofSeconds(65_535);

    private static final Duration LONGEST_SESSION = Duration.ofSeconds(0xFFFF_FFFEL);

    /** A random client id, nobody in particular, sessions of queues for 5 min once there is a client id, 30 s, no last will. */
    public static final MqttLogin DEFAULTS = new MqttLogin(
            "", "", Secret.NONE, MqttSessions.QUEUES, Duration.ofMinutes(5), Duration.ofSeconds(30), Optional.empty());

    /** Checks the values. */
    public MqttLogin {
        Bounds.check(
                keepAlive.compareTo(Duration.ofSeconds(1)) >= 0 && keepAlive.compareTo(LONGEST) <= 0,
                "keepAlive",
                keepAlive,
                "1 s to 65535 s");
        Bounds.check(
                sessionExpiry.compareTo(Duration.ofSeconds(1)) >= 0 && sessionExpiry.compareTo(LONGEST_SESSION) <= 0,
                "sessionExpiry",
                sessionExpiry,
                "1 s to 4294967294 s");
        ClientIdTemplate.check(clientId);
        TopicNames.requireCharacters("username", username);
        if (sessions == MqttSessions.ALL && clientId.isBlank()) {
            throw new IllegalArgumentException("clientId: empty (expected: one, as cleanSession is false)");
        }
        if (username.isEmpty() && !password.isEmpty()) {
            throw new IllegalArgumentException("username: empty (expected: one, as there is a password)");
        }
    }

    /**
     * Returns a copy of this user.
     *
     * @param name   its name
     * @param secret its password
     * @return the copy
     */
    public MqttLogin withUser(String name, String secret) {
        return new MqttLogin(clientId, name, Secret.of(secret), sessions, sessionExpiry, keepAlive, will);
    }

    /**
     * Returns a copy for which the server keeps all subscriptions and messages.
     *
     * @param id by which the server knows the session
     * @return the copy
     */
    public MqttLogin withKeptSession(String id) {
        return new MqttLogin(id, username, password, MqttSessions.ALL, sessionExpiry, keepAlive, will);
    }

    /**
     * Returns a copy for which the server keeps these sessions.
     *
     * @param value  for which subscriptions
     * @param expiry how long those of {@link MqttSessions#QUEUES}
     * @return the copy
     */
    public MqttLogin withSessions(MqttSessions value, Duration expiry) {
        return new MqttLogin(clientId, username, password, value, expiry, keepAlive, will);
    }

    /** Tells whether sessions of queues are to be kept for a time. */
    boolean keepsQueues() {
        return sessions == MqttSessions.QUEUES && !clientId.isBlank();
    }
}
