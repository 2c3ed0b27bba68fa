package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttClient;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One client of the server, with a connection that is made again whenever it is lost: to the first address that takes it, after a
 * pause that grows. Confined to its context.
 */
public final class MqttSession {
    private static final System.Logger LOG = System.getLogger(MqttSession.class.getName());

    private final MqttContext context;
    private final ConnectionSettings connections;
    private final SessionEvents events;
    private final MqttClient client;
    private final ServerSearch search;
    private final String clientId;
    private final SplittableRandom random = new SplittableRandom();
    private final OutageLines outage;
    private boolean wanted;
    /** Whether it goes on where no server takes it. */
    private boolean patient;

    /** Looked at from other threads too, whether there is one. */
    private volatile @Nullable MqttLink link;

    private @Nullable KeepAlive keepAlive;
    private @Nullable Future<Void> dialing;
    private @Nullable Timer retry;
    /** Pauses that were needed lately, successful attempts that did not hold included. */
    private int failures;
    /** Whether an attempt has failed since the last connection. */
    private boolean refused;

    private long openedAt;
    private boolean kept;
    private String problem = "";

    /**
     * Makes a session without a connection.
     *
     * @param context     that it is confined to
     * @param connections how they are made
     * @param settings    as what it comes to the server
     * @param events      told
     */
    public MqttSession(
            MqttContext context, ConnectionSettings connections, ClientSettings settings, SessionEvents events) {
        this.context = context;
        this.connections = connections;
        this.events = events;
        this.clientId = settings.clientId();
        this.outage = new OutageLines(LOG, context.timers());
        Dialer dialer = new Dialer(context.vertx());
        this.client = MqttClient.create(dialer, settings.client());
        this.search = new ServerSearch(context, connections, dialer, client, settings, () -> wanted);
        client.closeHandler(closed -> lost());
        client.exceptionHandler(failure -> {
            problem = ConnectFailure.text(failure);
            search.failed(problem);
        });
        client.publishCompletionUnknownPacketIdHandler(events::acknowledged);
        client.subscribeCompletionHandler(ack -> events.subscribed(ack.messageId(), ack.grantedQoSLevels()));
        client.unsubscribeCompletionHandler(events::unsubscribed);
        client.pingResponseHandler(answer -> alive());
        client.publishHandler(message -> {
            alive();
            events.arrived(message);
        });
    }

    private void alive() {
        KeepAlive watching = keepAlive;
        if (watching != null) {
            watching.heard();
        }
    }

    /**
     * Opens the connection.
     *
     * @param patiently true to go on trying where no server takes it
     * @return completes when it is open; fails if no server takes it, each asked once
     */
    public Future<Void> open(boolean patiently) {
        wanted = true;
        if (link != null) {
            return Future.succeededFuture();
        }
        patient = patiently;
        return dial().onFailure(failure -> {
            if (!patient) {
                wanted = false;
                outage.end();
                cancelRetry();
            }
        });
    }

    /** Asks all addresses, one after the other, once at a time. */
    private Future<Void> dial() {
        Future<Void> running = dialing;
        if (running != null) {
            return running;
        }
        cancelRetry();
        Promise<Void> round = context.promise();
        dialing = round.future();
        search.next(0, "").onComplete(done -> {
            dialing = null;
            if (done.succeeded()) {
                opened(done.result());
                round.complete();
                return;
            }
            problem = ConnectFailure.text(done.cause());
            refused = true;
            if (wanted && patient) {
                outage.lost("mqtt " + clientId + ": not connected, connecting again: " + problem);
            }
            tryLater();
            round.fail(done.cause());
        });
        return round.future();
    }

    private void opened(ServerSearch.Found found) {
        MqttLink opened = new MqttLink(search.socket());
        kept = found.kept();
        link = opened;
        patient = true;
        problem = "";
        openedAt = context.timers().nanoTime();
        keepAlive = new KeepAlive(context.timers(), opened, connections.keepAlive());
        LOG.log(
                System.Logger.Level.DEBUG,
                "mqtt " + clientId + ": connected to " + found.address()
                        + (found.known() ? ", session kept" : ", new session"));
        outage.back("mqtt " + clientId + " at " + found.address());
        boolean atOnce = !refused;
        refused = false;
        events.opened(opened, atOnce);
    }

    private void lost() {
        MqttLink open = link;
        if (open == null) {
            return;
        }
        link = null;
        Objects.requireNonNull(keepAlive).stop();
        keepAlive = null;
        if (heldLongEnough()) {
            failures = 0;
        }
        events.lost(wanted && !open.isCut());
        if (wanted) {
            outage.lost("mqtt " + clientId + ": connection lost" + (problem.isEmpty() ? "" : " (" + problem + ")")
                    + ", connecting again");
            tryLater();
        }
    }

    /** A server that lets us in and throws us out is no better than one that refuses. */
    private boolean heldLongEnough() {
        Duration held = Duration.ofNanos(context.timers().nanoTime() - openedAt);
        return held.compareTo(connections.pauses().pause(failures, 1)) > 0;
    }

    private void tryLater() {
        cancelRetry();
        if (wanted) {
            Duration pause = connections.pauses().pause(failures++, random.nextDouble());
            retry = context.timers().schedule(pause, this::dial);
        }
    }

    private void cancelRetry() {
        Timer waiting = retry;
        retry = null;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    /**
     * Closes the connection by a DISCONNECT, so that the server sends no last will. It may be opened again.
     *
     * @return completes when it is closed
     */
    public Future<Void> close() {
        wanted = false;
        outage.end();
        cancelRetry();
        MqttLink open = link;
        if (open != null) {
            open.pause(false);
        }
        Future<Void> closed = link == null && dialing == null ? Future.succeededFuture() : client.disconnect();
        Future<Void> running = dialing == null ? Future.succeededFuture() : dialing.otherwiseEmpty();
        return closed.otherwiseEmpty().compose(done -> running);
    }

    /** Tells whether the server keeps the session of the last connection when that is gone. */
    public boolean isKept() {
        return kept;
    }

    /** Gives the open connection. */
    @Nullable
    public MqttLink link() {
        return link;
    }

    /** Tells why the last attempt failed, empty if none did. */
    public MicroException trouble() {
        return context.failure(problem.isEmpty() ? "mqtt: not connected" : problem);
    }
}
