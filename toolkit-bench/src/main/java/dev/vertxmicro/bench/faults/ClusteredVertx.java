package dev.vertxmicro.bench.faults;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Vert.x of a process, one of a cluster where the process was started so. */
final class ClusteredVertx {
    private static final String CONFIG = "vertx.hazelcast.config";
    private static final long PATIENCE_SECONDS = 60;

    private ClusteredVertx() {}

    /** What a JVM needs to be one of a cluster. */
    static List<String> options() {
        return List.of(
                "-D" + CONFIG + "=" + Path.of("conf", "cluster", "cluster.xml").toAbsolutePath());
    }

    static boolean isMember() {
        return System.getProperty(CONFIG) != null;
    }

    static Vertx create() throws Exception {
        if (!isMember()) {
            return Vertx.vertx();
        }
        VertxOptions options = new VertxOptions();
        options.getEventBusOptions().setHost("127.0.0.1");
        return Vertx.clusteredVertx(options).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
