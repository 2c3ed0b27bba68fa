package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.config.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * As whom a broker object comes to the server, and what the server does for it when it is away.
 *
 * @param clientId     by which the server knows this broker object, unique there; empty for a random one. Connections that carry
 *                     subscriptions append to it
 * @param username     empty for none
 * @param password     empty for none
 * @param cleanSession false lets the server keep subscriptions, and the messages that come meanwhile; needs a {@code clientId}
 * @param keepAlive    how soon either side notices that the other is gone, 1 s to 18 h
 * @param will         what the server publishes when this process is gone without a word
 */
public record MqttLogin(
        String clientId,
        String username,
        Secret password,
        boolean cleanSession,
        Duration keepAlive,
        Optional<MqttWill> will) {
    private static final Duration LONGEST = Duration.ofSeconds(65_535);

    /** A random client id, nobody in particular, clean sessions, 30 s, no last will. */
    public static final MqttLogin DEFAULTS =
            new MqttLogin("", "", Secret.NONE, true, Duration.ofSeconds(30), Optional.empty());

    /** Checks the values. */
    public MqttLogin {
        MqttBrokerOptions.check(
                keepAlive.compareTo(Duration.ofSeconds(1)) >= 0 && keepAlive.compareTo(LONGEST) <= 0,
                "keepAlive",
                keepAlive,
                "1 s to 65535 s");
        if (!cleanSession && clientId.isBlank()) {
            throw new IllegalArgumentException("clientId: empty (expected: one, as cleanSession is false)");
        }
        if (username.isEmpty() && !password.isEmpty()) {
            throw new IllegalArgumentException("username: empty (expected: one, as there is a password)");
        }
    }

    /**
     * Returns a copy with this client id.
     *
     * @param value the id
     * @return the copy
     */
    public MqttLogin withClientId(String value) {
        return new MqttLogin(value, username, password, cleanSession, keepAlive, will);
    }

    /**
     * Returns a copy of this user.
     *
     * @param name   its name
     * @param secret its password
     * @return the copy
     */
    public MqttLogin withUser(String name, String secret) {
        return new MqttLogin(clientId, name, Secret.of(secret), cleanSession, keepAlive, will);
    }

    /**
     * Returns a copy for which the server keeps subscriptions and messages.
     *
     * @param id by which the server knows the session
     * @return the copy
     */
    public MqttLogin withKeptSession(String id) {
        return new MqttLogin(id, username, password, false, keepAlive, will);
    }

    /**
     * Returns a copy with this keep-alive.
     *
     * @param value 1 s to 65535 s
     * @return the copy
     */
    public MqttLogin withKeepAlive(Duration value) {
        return new MqttLogin(clientId, username, password, cleanSession, value, will);
    }

    /**
     * Returns a copy with a last will.
     *
     * @param value the will
     * @return the copy
     */
    public MqttLogin withWill(MqttWill value) {
        return new MqttLogin(clientId, username, password, cleanSession, keepAlive, Optional.of(value));
    }
}
