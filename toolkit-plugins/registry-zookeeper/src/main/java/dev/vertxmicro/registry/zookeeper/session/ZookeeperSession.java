package dev.vertxmicro.registry.zookeeper.session;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.curator.framework.api.CuratorEvent;

/**
 * One session with ZooKeeper, which begins when it is first needed, and is replaced by another when it is over.
 * Requests wait for a connection and are sent again when one is lost, until their time is over. Confined to the context
 * of the registry.
 */
public final class ZookeeperSession {
    /** Id of the errors of the registry. */
    public static final String ERROR_ID = "go.micro.registry";

    private final SessionSettings settings;
    private final OutageLines lines;
    private final Consumer<Boolean> listener;
    private final CuratorThread curator;
    private final ConnectionProbe probe;
    private final Set<SentRequest> waiting = new LinkedHashSet<>();
    private long id;
    private boolean connected;
    private boolean closed;

    /**
     * Makes one that is not needed yet.
     *
     * @param settings of the registry
     * @param timeout  how long the servers keep it without hearing from it; they have bounds of their own
     * @param lines    what is said of an outage
     * @param listener told when there is a connection again, with true if the session is a new one
     */
    public ZookeeperSession(SessionSettings settings, Duration timeout, OutageLines lines, Consumer<Boolean> listener) {
        this.settings = settings;
        this.lines = lines;
        this.listener = listener;
        this.curator = new CuratorThread(settings, timeout, new CuratorThread.Listener() {
            @Override
            public void up(long session) {
                settings.context().execute(() -> connected(session));
            }

            @Override
            public void down() {
                settings.context().execute(() -> disconnected("connection lost"));
            }
        });
        this.probe = new ConnectionProbe(settings, curator::reset);
    }

    private void connected(long session) {
        if (closed) {
            return;
        }
        boolean first = id == 0;
        boolean anew = session != id;
        id = session;
        connected = true;
        probe.stop();
        lines.back("zookeeper at " + settings.servers());
        List.copyOf(waiting).forEach(SentRequest::go);
        if (!first) {
            listener.accept(anew);
        }
    }

    private void disconnected(String why) {
        if (closed) {
            return;
        }
        if (connected) {
            probe.start();
        }
        connected = false;
        lines.lost("zookeeper at " + settings.servers() + ": " + why + ", tried again");
    }

    /**
     * Tells the number of the session, by which its nodes are known.
     *
     * @return the last one's; 0 before the first
     */
    public long id() {
        return id;
    }

    /**
     * Sends a request.
     *
     * @param request what is sent
     * @return what came of it: done, or a node that is there already or is not there; fails with 401 or 403 for what
     *         may not be done, else with 500
     */
    public Future<CuratorEvent> call(SessionRequest request) {
        Promise<CuratorEvent> promise = Promise.promise();
        curator.open();
        new SentRequest(request, promise).begin();
        return promise.future();
    }

    /**
     * Ends the session, and what lives by it.
     *
     * @return completes when that is done, or has taken too long, or at once without a connection
     */
    public Future<Void> close() {
        closed = true;
        probe.stop();
        waiting.clear();
        if (!connected) {
            // Nobody to say goodbye to; its own threads end soon.
            curator.close();
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        long timer = settings.vertx().setTimer(settings.requestTimeout().toMillis(), late -> done.tryComplete());
        curator.close().onComplete(ended -> settings.context().execute(() -> {
            settings.vertx().cancelTimer(timer);
            done.tryComplete();
        }));
        return done.future();
    }

    /** A request that is under way. */
    private final class SentRequest {
        private static final long PAUSE_MILLIS = 50;

        private final SessionRequest request;
        private final Promise<CuratorEvent> promise;
        private long timer;
        private String last = "no answer";

        SentRequest(SessionRequest request, Promise<CuratorEvent> promise) {
            this.request = request;
            this.promise = promise;
        }

        void begin() {
            timer = settings.vertx()
                    .setTimer(Math.max(1, settings.requestTimeout().toMillis()), late -> {
                        if (!connected) {
                            last = "not connected";
                            lines.lost("zookeeper at " + settings.servers() + ": not connected, tried again");
                        }
                        fail(500, last + " within " + settings.requestTimeout().toMillis() + " ms");
                    });
            go();
        }

        void go() {
            if (promise.future().isComplete() || closed) {
                return;
            }
            if (!connected) {
                waiting.add(this);
                return;
            }
            waiting.remove(this);
            curator.send(request, event -> settings.context().execute(() -> took(event)), failure -> settings.context()
                    .execute(() -> broken(failure)));
        }

        private void took(CuratorEvent event) {
            AnswerCode outcome = AnswerCode.of(event.getResultCode());
            switch (outcome.kind()) {
                case ANSWER -> end(() -> promise.tryComplete(event));
                case AGAIN -> {
                    last = outcome.text();
                    settings.vertx().setTimer(PAUSE_MILLIS, due -> go());
                }
                case REFUSED -> fail(outcome.status(), outcome.text());
            }
        }

        private void broken(Throwable failure) {
            if (failure instanceof IllegalArgumentException) {
                fail(400, String.valueOf(failure.getMessage()));
                return;
            }
            last = failure.toString();
            settings.vertx().setTimer(PAUSE_MILLIS, due -> go());
        }

        private void fail(int status, String why) {
            end(() -> promise.tryFail(
                    MicroException.of(ERROR_ID, status, "zookeeper at " + settings.servers() + ": " + why)
                            .withoutStackTrace()));
        }

        private void end(Runnable completion) {
            waiting.remove(this);
            settings.vertx().cancelTimer(timer);
            completion.run();
        }
    }
}
