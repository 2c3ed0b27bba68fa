package dev.vertxmicro.registry.zookeeper.registration;

import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import java.time.Duration;

/**
 * A session that nodes live by.
 *
 * @param timeout asked of the servers, no longer than the time to live of its nodes
 * @param session the session
 */
record TimedSession(Duration timeout, ZookeeperSession session) {
    /** Tells whether it ends not too late for a time to live, nor much too early. */
    boolean suits(Duration ttl) {
        return timeout.compareTo(ttl) <= 0 && timeout.multipliedBy(2).compareTo(ttl) > 0;
    }
}
