package dev.vertxmicro.broker.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * An open connection, on which packets are sent that the client does not send as they are needed: under ids of ours, with the mark
 * of a repetition, without a copy. Confined to its context.
 */
final class MqttLink {
    private static final MqttFixedHeader PUBREL =
            new MqttFixedHeader(MqttMessageType.PUBREL, false, MqttQoS.AT_LEAST_ONCE, false, 0);
    private static final MqttFixedHeader PUBCOMP =
            new MqttFixedHeader(MqttMessageType.PUBCOMP, false, MqttQoS.AT_MOST_ONCE, false, 0);
    /** Of PUBLISH, by quality of service, first and again. */
    private static final MqttFixedHeader[][] PUBLISH = {
        {publish(0, false), publish(1, false), publish(2, false)},
        {publish(0, true), publish(1, true), publish(2, true)}
    };

    private final NetSocketInternal socket;
    private boolean paused;
    private boolean cut;

    MqttLink(NetSocketInternal socket) {
        this.socket = socket;
    }

    private static MqttFixedHeader publish(int qos, boolean again) {
        return new MqttFixedHeader(MqttMessageType.PUBLISH, again && qos > 0, MqttQoS.valueOf(qos), false, 0);
    }

    Future<Void> publish(String topic, ByteBuf payload, int qos, int id, boolean again) {
        return socket.writeMessage(new MqttPublishMessage(
                PUBLISH[again ? 1 : 0][qos], new MqttPublishVariableHeader(topic, Math.max(id, 1)), payload));
    }

    void release(int id) {
        socket.writeMessage(new MqttMessage(PUBREL, MqttMessageIdVariableHeader.from(id)));
    }

    void complete(int id) {
        socket.writeMessage(new MqttMessage(PUBCOMP, MqttMessageIdVariableHeader.from(id)));
    }

    void subscribe(int id, String filter, int qos) {
        socket.writeMessage(MqttMessageBuilders.subscribe()
                .messageId(id)
                .addSubscription(MqttQoS.valueOf(qos), filter)
                .build());
    }

    void unsubscribe(int id, String filter) {
        socket.writeMessage(MqttMessageBuilders.unsubscribe()
                .messageId(id)
                .addTopicFilter(filter)
                .build());
    }

    void ping() {
        socket.writeMessage(MqttMessage.PINGREQ);
    }

    /** Reads no further, or reads on. */
    void pause(boolean wanted) {
        if (paused != wanted) {
            paused = wanted;
            if (wanted) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** Ends the connection at once, without a word: the other side is gone. */
    void cut() {
        cut = true;
        ChannelFuture unused = socket.channelHandlerContext().channel().close();
    }

    /** Tells whether it was we who ended it. */
    boolean isCut() {
        return cut;
    }

    ChannelPipeline pipeline() {
        return socket.channelHandlerContext().pipeline();
    }
}
