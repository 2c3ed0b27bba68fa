package dev.vertxmicro.registry.zookeeper.watch;

import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What the watches of one registry share.
 *
 * @param session who is asked
 * @param paths   where
 * @param context of the registry
 * @param timers  the clock
 * @param grace   how long nodes are kept that ZooKeeper has forgotten
 */
public record WatchParts(ZookeeperSession session, ZnodePaths paths, Executor context, Timers timers, Duration grace) {}
