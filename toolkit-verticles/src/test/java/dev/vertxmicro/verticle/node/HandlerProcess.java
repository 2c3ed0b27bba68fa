package dev.vertxmicro.verticle.node;

import dev.vertxmicro.verticle.Cluster;
import dev.vertxmicro.verticle.ClusterMember;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A process with a handler that knows nothing of the toolkit; arguments: its own port, the ports of all. It obeys SIGTERM as bin/vertx does. */
public final class HandlerProcess {
    private HandlerProcess() {}

    /** Plain: it consumes, and is undeployed by Vert.x. */
    public static final class Plain extends VerticleBase {
        /** For the deployment. */
        public Plain() {}

        @Override
        public Future<?> start() {
            long pid = ProcessHandle.current().pid();
            return vertx.eventBus()
                    .<JsonObject>consumer(
                            "micro.handler/clock/Clock.Now", call -> call.reply(new JsonObject().put("pid", pid)))
                    .completion()
                    .compose(up -> vertx.eventBus()
                            .<JsonObject>consumer("micro.handler/clock/Clock.Slow", call -> block(call.body()))
                            .completion());
        }
    }

    /** Never answers, and if told to, does nothing else for so long. */
    private static void block(JsonObject how) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(how.getInteger("block", 0)));
    }

    /** Prints "ready" and its process. */
    public static void main(String[] arguments) throws Exception {
        List<Integer> all =
                Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
        Vertx vertx = Cluster.join(Integer.parseInt(arguments[0]), all).await(30, TimeUnit.SECONDS);
        ClusterMember.join(vertx).await(30, TimeUnit.SECONDS);
        vertx.deployVerticle(new Plain()).await(30, TimeUnit.SECONDS);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }));
        System.out.println("ready " + ProcessHandle.current().pid());
    }
}
