package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What the parts of one broker object share.
 *
 * @param vertx     the engine
 * @param context   the one that all state is confined to
 * @param timers    of the engine
 * @param options   settings
 * @param addresses the servers
 * @param clientId  by which the server knows the broker object
 */
record Scope(
        VertxInternal vertx,
        ContextInternal context,
        Timers timers,
        MqttBrokerOptions options,
        List<MqttAddress> addresses,
        String clientId) {
    private static final int RANDOM_DIGITS = 12;

    static Scope of(Vertx vertx, MqttBrokerOptions options) {
        VertxInternal engine = (VertxInternal) vertx;
        // The event loop of who makes the broker: what it publishes does not change threads.
        ContextInternal context = engine.contextBuilder()
                .withEventLoop(engine.getOrCreateContext().nettyEventLoop())
                .build();
        boolean tls = options.tls().enabled();
        List<MqttAddress> addresses = options.addresses().stream()
                .map(address -> MqttAddress.parse(address, tls))
                .toList();
        String given = options.login().clientId();
        String random = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_DIGITS);
        String clientId = given.isBlank() ? "vertx-" + random : given;
        return new Scope(engine, context, VertxTimers.of(vertx), options, addresses, clientId);
    }

    <T> Promise<T> promise() {
        return context.promise();
    }

    /** Runs a task on the context: at once, if that is where the caller is. */
    void run(Runnable task) {
        if (context.inThread()) {
            context.emit(task, Runnable::run);
        } else {
            context.runOnContext(start -> task.run());
        }
    }

    NetClientOptions netOptions(MqttAddress address) {
        long timeout = options.reconnect().connectTimeout().toMillis();
        int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout));
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(millis)
                .setSslHandshakeTimeout(options.reconnect().connectTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true);
        TlsOptions tls = options.tls();
        tls.secureClient(net);
        net.setSsl(address.tls());
        net.setHostnameVerificationAlgorithm(address.tls() && tls.verify() ? "HTTPS" : "");
        return net;
    }

    MicroException failure(String detail) {
        return MicroException.internal(MqttBroker.ID, detail).withoutStackTrace();
    }
}
