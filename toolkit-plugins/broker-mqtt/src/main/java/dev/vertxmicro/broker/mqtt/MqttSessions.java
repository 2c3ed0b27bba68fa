package dev.vertxmicro.broker.mqtt;

/** For which subscriptions the server keeps a session, and what comes meanwhile, while their connection is away. */
public enum MqttSessions {
    /**
     * For those of queues where the client id lasts, for a time, if the server speaks MQTT 5; without it a session is kept for ever,
     * also of a process that never comes back, and takes the share that others of the queue would have.
     */
    QUEUES,
    /** For none. */
    NONE,
    /** For all, as long as the server likes. */
    ALL
}
