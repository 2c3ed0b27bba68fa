package dev.vertxmicro.registry.zookeeper.session;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/**
 * What the sessions of one registry share.
 *
 * @param vertx          has timers and workers
 * @param timers         the clock
 * @param context        of the registry
 * @param addresses      of the servers
 * @param user           empty for none
 * @param password       of the user
 * @param worldReadable  whether anybody may read what a user has written
 * @param requestTimeout of each request
 */
public record SessionSettings(
        Vertx vertx,
        Timers timers,
        Executor context,
        List<String> addresses,
        String user,
        Secret password,
        boolean worldReadable,
        Duration requestTimeout) {

    /** Names the servers, as the client takes it and as failures have it. */
    String servers() {
        return String.join(",", addresses);
    }

    /** Gives what proves who we are. */
    byte[] login() {
        return (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Tells who may do what with something that is made: everything for all, as go-plugins has it; with a user
     * everything for that user, and perhaps reading for all.
     *
     * @return the list
     */
    public List<ACL> permissions() {
        if (user.isEmpty()) {
            return ZooDefs.Ids.OPEN_ACL_UNSAFE;
        }
        ACL all = new ACL(ZooDefs.Perms.ALL, ZooDefs.Ids.AUTH_IDS);
        return worldReadable ? List.of(all, new ACL(ZooDefs.Perms.READ, ZooDefs.Ids.ANYONE_ID_UNSAFE)) : List.of(all);
    }
}
