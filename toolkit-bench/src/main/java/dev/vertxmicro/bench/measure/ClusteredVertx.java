package dev.vertxmicro.bench.measure;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Vert.x of a process, one of a cluster where the process was started so. */
public final class ClusteredVertx {
    private static final String CONFIG = "vertx.hazelcast.config";
    private static final String HOST = "bench.cluster.host";
    private static final long PATIENCE_SECONDS = 60;
    /** As bin/vertx has it. */
    private static final long PING_MILLIS = 2000;

    private ClusteredVertx() {}

    /**
     * Says what a JVM needs to be one of the cluster of conf/cluster on loopback.
     *
     * @return options of the JVM
     */
    public static List<String> options() {
        return options(Path.of("conf", "cluster", "cluster.xml"), "127.0.0.1");
    }

    /**
     * Says what a JVM needs to be one of a cluster, the flags that {@code bin/vertx -cluster} gives it among them.
     *
     * @param config file of Hazelcast
     * @param host   address of its event bus
     * @return options of the JVM
     */
    public static List<String> options(Path config, String host) {
        return List.of(
                "-Xms16m",
                "--add-modules",
                "java.se",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.management/sun.management=ALL-UNNAMED",
                "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
                "-D" + CONFIG + "=" + config.toAbsolutePath(),
                "-D" + HOST + "=" + host);
    }

    /**
     * Tells whether this process was started so.
     *
     * @return whether it is one of a cluster
     */
    public static boolean isMember() {
        return System.getProperty(CONFIG) != null;
    }

    /**
     * Makes the Vert.x.
     *
     * @return one of the cluster, if this process is
     * @throws Exception if it cannot join
     */
    public static Vertx create() throws Exception {
        if (!isMember()) {
            return Vertx.vertx();
        }
        VertxOptions options = new VertxOptions();
        options.getEventBusOptions()
                .setHost(System.getProperty(HOST, "127.0.0.1"))
                .setClusterPingInterval(PING_MILLIS)
                .setClusterPingReplyInterval(2 * PING_MILLIS);
        return Vertx.clusteredVertx(options).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
