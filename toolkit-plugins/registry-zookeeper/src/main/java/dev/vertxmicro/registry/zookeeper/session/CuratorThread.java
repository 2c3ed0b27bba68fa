package dev.vertxmicro.registry.zookeeper.session;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.jspecify.annotations.Nullable;

/**
 * A client of Curator and the thread that speaks to it, as it may wait for locks, looks up names and closing
 * connections.
 */
final class CuratorThread {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(CuratorThread.class));
    /** The longest list of children or value that is read; more ends the connection. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int CLOSE_MILLIS = 1000;

    /** Told of the connection, on any thread. */
    interface Listener {
        /**
         * There is a connection.
         *
         * @param session its number
         */
        void up(long session);

        /** There is none. */
        void down();
    }

    private final SessionSettings settings;
    private final Duration timeout;
    private final Listener listener;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(daemons("vertx-micro-zookeeper"));
    // Belongs to the thread.
    private @Nullable CuratorFramework client;

    /**
     * Prepares a client that begins when it is first needed.
     *
     * @param settings of the registry
     * @param timeout  of the session
     * @param listener told of the connection
     */
    CuratorThread(SessionSettings settings, Duration timeout, Listener listener) {
        this.settings = settings;
        this.timeout = timeout;
        this.listener = listener;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        };
    }

    /** What a client of ZooKeeper is set to: no login by the JVM's own settings, bounded answers. */
    static ZKClientConfig config() {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        config.setProperty(ZKConfig.JUTE_MAXBUFFER, String.valueOf(MOST_BYTES));
        return config;
    }

    /** Begins to connect; does nothing if it has begun. */
    void open() {
        run(() -> {
            if (client == null) {
                CuratorFramework made = make();
                client = made;
                made.start();
            }
        });
    }

    private CuratorFramework make() {
        int session = (int) timeout.toMillis();
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(settings.servers())
                .sessionTimeoutMs(session)
                .connectionTimeoutMs(
                        (int) Math.min(session, settings.requestTimeout().toMillis()))
                .retryPolicy((count, elapsed, sleeper) -> false)
                .ensembleTracker(false)
                .maxCloseWaitMs(CLOSE_MILLIS)
                .threadFactory(daemons("vertx-micro-curator"))
                .zkClientConfig(config());
        if (!settings.user().isEmpty()) {
            builder.authorization("digest", settings.login());
        }
        CuratorFramework made = builder.build();
        made.getConnectionStateListenable().addListener((which, state) -> changed(made, state));
        made.getUnhandledErrorListenable().addListener((message, failure) -> failed(message, failure));
        return made;
    }

    private void changed(CuratorFramework which, ConnectionState state) {
        if (!state.isConnected()) {
            listener.down();
            return;
        }
        run(() -> listener.up(which.getZookeeperClient().getZooKeeper().getSessionId()));
    }

    private static void failed(String what, Throwable failure) {
        FAILED.warn("zookeeper: " + what + ": " + failure);
    }

    /**
     * Sends a request.
     *
     * @param request what is sent
     * @param answer  told how it went, on any thread, once
     * @param failure told why it could not be sent
     */
    void send(SessionRequest request, Consumer<CuratorEvent> answer, Consumer<Throwable> failure) {
        try {
            thread.execute(() -> {
                CuratorFramework sending = client;
                try {
                    if (sending == null) {
                        throw new IllegalStateException("not begun");
                    }
                    request.send(sending, (which, event) -> answer.accept(event));
                } catch (Throwable e) {
                    failure.accept(e);
                }
            });
        } catch (RejectedExecutionException e) {
            failure.accept(e);
        }
    }

    /** Gives the session up for a new one. */
    void reset() {
        run(() -> {
            if (client != null) {
                client.getZookeeperClient().reset();
            }
        });
    }

    /**
     * Ends the session, and what lives by it.
     *
     * @return completes when that is done
     */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        run(() -> {
            try {
                if (client != null) {
                    client.close();
                }
            } finally {
                closed.tryComplete();
            }
        });
        thread.shutdown();
        return closed.future();
    }

    /** Something that may fail. */
    private interface Step {
        void run() throws Exception;
    }

    private void run(Step step) {
        try {
            thread.execute(() -> {
                try {
                    step.run();
                } catch (Throwable e) {
                    failed("session", e);
                }
            });
        } catch (RejectedExecutionException closed) {
            // nothing is wanted any more
        }
    }
}
