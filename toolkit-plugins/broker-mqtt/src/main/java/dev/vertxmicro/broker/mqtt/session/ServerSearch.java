package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.messages.MqttConnAckMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks the servers, one after the other, until one takes the connection. Confined to the context of the session. */
final class ServerSearch {
    private final MqttContext context;
    private final ConnectionSettings connections;
    private final Dialer dialer;
    private final MqttClient client;
    private final ClientSettings settings;
    private final BooleanSupplier wanted;
    private final Set<MqttAddress> modern = new HashSet<>();
    private String problem = "";
    private @Nullable Throwable refusal;

    /**
     * Who has taken the connection.
     *
     * @param address where it is
     * @param known   whether it knew the session
     * @param kept    whether it will keep it
     */
    record Found(MqttAddress address, boolean known, boolean kept) {}

    ServerSearch(
            MqttContext context,
            ConnectionSettings connections,
            Dialer dialer,
            MqttClient client,
            ClientSettings settings,
            BooleanSupplier wanted) {
        this.context = context;
        this.connections = connections;
        this.dialer = dialer;
        this.client = client;
        this.settings = settings;
        this.wanted = wanted;
    }

    /** Gives the socket of the last connection. */
    NetSocketInternal socket() {
        return dialer.socket();
    }

    /** Takes note of what went wrong on the connection. */
    void failed(String why) {
        problem = why;
    }

    /** Asks a server, and those after it. */
    Future<Found> next(int index, String before) {
        List<MqttAddress> addresses = connections.addresses();
        MqttAddress address = addresses.get(index);
        return ask(address).recover(failure -> {
            String said =
                    before + (before.isEmpty() ? "mqtt at " : "; ") + address + ": " + ConnectFailure.text(failure);
            return wanted.getAsBoolean() && index + 1 < addresses.size()
                    ? next(index + 1, said)
                    : Future.failedFuture(context.failure(said));
        });
    }

    /** Asks one; for a session that expires, and if that is too new for it, for one of MQTT 3.1.1 that it forgets at once. */
    private Future<Found> ask(MqttAddress address) {
        boolean kept = !settings.client().isCleanSession();
        if (settings.expiry().isEmpty()) {
            return dial(address, Optional.empty()).map(answer -> new Found(address, answer.isSessionPresent(), kept));
        }
        return dial(address, settings.expiry())
                .map(answer -> {
                    modern.add(address);
                    return new Found(address, answer.isSessionPresent(), true);
                })
                .recover(failure -> wanted.getAsBoolean() && isTooOld(address)
                        ? dial(address, Optional.empty()).map(answer -> new Found(address, false, false))
                        : Future.failedFuture(failure));
    }

    /** One that once took MQTT 5 is away when it hangs up: a connection of MQTT 3.1.1 would end the session that it keeps. */
    private boolean isTooOld(MqttAddress address) {
        Throwable failure = refusal;
        return failure != null
                && (ConnectFailure.refusesVersion(failure)
                        || (!modern.contains(address) && ConnectFailure.understandsNothing(failure)));
    }

    private Future<MqttConnAckMessage> dial(MqttAddress address, Optional<Duration> expiry) {
        dialer.prepare(connections.netOptions(address), expiry);
        Duration patience = connections.connectTimeout();
        boolean[] late = {false};
        problem = "";
        Timer timer = context.timers().schedule(patience, () -> {
            late[0] = true;
            client.disconnect();
        });
        return client.connect(address.port(), address.host(), address.host()).transform(done -> {
            timer.cancel();
            refusal = late[0] ? null : done.cause();
            if (done.succeeded() && wanted.getAsBoolean() && !late[0]) {
                return Future.succeededFuture(done.result());
            }
            if (done.succeeded()) {
                client.disconnect();
            }
            return Future.failedFuture(context.failure(
                    late[0] ? "no answer within " + patience.toMillis() + " ms" : reason(done.cause())));
        });
    }

    private String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "not wanted any more";
        }
        String text = ConnectFailure.text(cause);
        return problem.isEmpty() ? text : text + " (" + problem + ")";
    }
}
