package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.messages.MqttConnAckMessage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One client of the server, with a connection that is made again whenever it is lost: to the first address that takes it, after a
 * pause that grows. Confined to its context.
 */
final class MqttSession {
    private static final System.Logger LOG = System.getLogger(MqttSession.class.getName());
    private static final RareWarnings LOST = RareWarnings.of(LOG);

    private final Scope scope;
    private final SessionEvents events;
    private final Dialer dialer;
    private final MqttClient client;
    private final String clientId;
    private final SplittableRandom random = new SplittableRandom();
    private boolean wanted;
    private @Nullable MqttLink link;
    private @Nullable KeepAlive keepAlive;
    private @Nullable Future<Void> dialing;
    private @Nullable Timer retry;
    private int failures;
    private String problem = "";

    MqttSession(Scope scope, ClientSettings settings, SessionEvents events) {
        this.scope = scope;
        this.events = events;
        this.clientId = settings.clientId();
        this.dialer = new Dialer(scope.vertx());
        this.client = MqttClient.create(dialer, settings.client());
        client.closeHandler(closed -> lost());
        client.exceptionHandler(failure -> problem = ConnectFailure.text(failure));
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
     * @param patient true to go on trying where no server takes it
     * @return completes when it is open; fails if no server takes it, each asked once
     */
    Future<Void> open(boolean patient) {
        wanted = true;
        if (link != null) {
            return Future.succeededFuture();
        }
        return dial().onFailure(failure -> {
            if (!patient) {
                wanted = false;
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
        Promise<Void> round = scope.promise();
        dialing = round.future();
        dial(0, "").onComplete(done -> {
            dialing = null;
            if (done.succeeded()) {
                round.complete();
                return;
            }
            problem = ConnectFailure.text(done.cause());
            tryLater();
            round.fail(done.cause());
        });
        return round.future();
    }

    private Future<Void> dial(int index, String before) {
        List<MqttAddress> addresses = scope.addresses();
        MqttAddress address = addresses.get(index);
        return dial(address).recover(failure -> {
            String said =
                    before + (before.isEmpty() ? "mqtt at " : "; ") + address + ": " + ConnectFailure.text(failure);
            return wanted && index + 1 < addresses.size()
                    ? dial(index + 1, said)
                    : Future.failedFuture(scope.failure(said));
        });
    }

    private Future<Void> dial(MqttAddress address) {
        dialer.prepare(scope.netOptions(address));
        Duration patience = scope.options().reconnect().connectTimeout();
        boolean[] late = {false};
        problem = "";
        Timer timer = scope.timers().schedule(patience, () -> {
            late[0] = true;
            client.disconnect();
        });
        return client.connect(address.port(), address.host(), address.host()).transform(done -> {
            timer.cancel();
            if (done.succeeded() && wanted && !late[0]) {
                opened(address, done.result());
                return Future.succeededFuture();
            }
            if (done.succeeded()) {
                client.disconnect();
            }
            return Future.failedFuture(
                    scope.failure(late[0] ? "no answer within " + patience.toMillis() + " ms" : reason(done.cause())));
        });
    }

    private String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "not wanted any more";
        }
        String text = ConnectFailure.text(cause);
        return problem.isEmpty() ? text : text + " (" + problem + ")";
    }

    private void opened(MqttAddress address, MqttConnAckMessage answer) {
        MqttLink opened = new MqttLink(dialer.socket());
        link = opened;
        failures = 0;
        keepAlive =
                new KeepAlive(scope.timers(), opened, scope.options().login().keepAlive());
        LOG.log(
                System.Logger.Level.DEBUG,
                "mqtt " + clientId + ": connected to " + address
                        + (answer.isSessionPresent() ? ", session kept" : ", new session"));
        events.opened(opened);
    }

    private void lost() {
        if (link == null) {
            return;
        }
        link = null;
        Objects.requireNonNull(keepAlive).stop();
        keepAlive = null;
        events.lost();
        if (wanted) {
            LOST.about(clientId)
                    .warn("mqtt " + clientId + ": connection lost" + (problem.isEmpty() ? "" : " (" + problem + ")")
                            + ", connecting again");
            tryLater();
        }
    }

    private void tryLater() {
        cancelRetry();
        if (wanted) {
            Duration pause = scope.options().reconnect().pause(failures++, random.nextDouble());
            retry = scope.timers().schedule(pause, this::dial);
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
    Future<Void> close() {
        wanted = false;
        cancelRetry();
        MqttLink open = link;
        if (open != null) {
            open.pause(false);
        }
        Future<Void> closed = link == null && dialing == null ? Future.succeededFuture() : client.disconnect();
        Future<Void> running = dialing == null ? Future.succeededFuture() : dialing.otherwiseEmpty();
        return closed.otherwiseEmpty().compose(done -> running);
    }

    /** Gives the open connection. */
    @Nullable
    MqttLink link() {
        return link;
    }

    /** Tells why the last attempt failed, empty if none did. */
    MicroException trouble() {
        return scope.failure(problem.isEmpty() ? "mqtt: not connected" : problem);
    }
}
