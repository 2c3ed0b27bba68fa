package dev.vertxmicro.broker.mqtt.session;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;

/**
 * Asks for a session that the server forgets some time after its connection has gone, which MQTT 5 has and 3.1.1 has not. The client
 * speaks 3.1.1; what differs in the packets of a subscriber is in the codec, which goes by the version in CONNECT.
 */
final class ExpiringSession {
    private ExpiringSession() {}

    /** Gives the socket of a client; the CONNECT that it writes asks for such a session, and finds an earlier one. */
    static NetSocketInternal on(NetSocketInternal socket, Duration expiry) {
        return (NetSocketInternal) Proxy.newProxyInstance(
                NetSocketInternal.class.getClassLoader(),
                new Class<?>[] {NetSocketInternal.class},
                (proxy, method, arguments) -> call(socket, method, changed(arguments, expiry)));
    }

    private static Object call(NetSocketInternal socket, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(socket, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object[] changed(Object[] arguments, Duration expiry) {
        if (arguments != null && arguments.length > 0 && arguments[0] instanceof MqttConnectMessage connect) {
            arguments[0] = asking(connect, expiry);
        }
        return arguments;
    }

    private static MqttConnectMessage asking(MqttConnectMessage connect, Duration expiry) {
        MqttConnectVariableHeader said = connect.variableHeader();
        MqttProperties properties = new MqttProperties();
        properties.add(new IntegerProperty(MqttProperties.SESSION_EXPIRY_INTERVAL, (int) expiry.toSeconds()));
        MqttConnectVariableHeader header = new MqttConnectVariableHeader(
                MqttVersion.MQTT_5.protocolName(),
                MqttVersion.MQTT_5.protocolLevel(),
                said.hasUserName(),
                said.hasPassword(),
                said.isWillRetain(),
                said.willQos(),
                said.isWillFlag(),
                false,
                said.keepAliveTimeSeconds(),
                properties);
        return new MqttConnectMessage(connect.fixedHeader(), header, connect.payload());
    }
}
