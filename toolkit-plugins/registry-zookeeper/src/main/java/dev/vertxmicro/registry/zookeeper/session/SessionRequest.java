package dev.vertxmicro.registry.zookeeper.session;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;

/** One request to ZooKeeper, as Curator words it. */
@FunctionalInterface
public interface SessionRequest {

    /**
     * Sends it. It must do no harm to send it twice.
     *
     * @param client what it is sent by
     * @param answer told how it went, on any thread
     * @throws Exception if it cannot be sent
     */
    void send(CuratorFramework client, BackgroundCallback answer) throws Exception;
}
