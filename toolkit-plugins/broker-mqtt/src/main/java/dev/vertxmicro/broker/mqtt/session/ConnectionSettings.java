package dev.vertxmicro.broker.mqtt.session;

import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How connections are made, and made again.
 *
 * @param addresses      the servers, asked in this order
 * @param tls            how connections are secured
 * @param connectTimeout how long one server may take to accept
 * @param pauses         before new attempts
 * @param keepAlive      how soon either side notices that the other is gone
 */
public record ConnectionSettings(
        List<MqttAddress> addresses,
        TlsOptions tls,
        Duration connectTimeout,
        ReconnectPauses pauses,
        Duration keepAlive) {

    NetClientOptions netOptions(MqttAddress address) {
        long timeout = connectTimeout.toMillis();
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout)))
                .setSslHandshakeTimeout(timeout)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true);
        tls.secureClient(net);
        net.setSsl(address.tls());
        net.setHostnameVerificationAlgorithm(address.tls() && tls.verify() ? "HTTPS" : "");
        return net;
    }
}
