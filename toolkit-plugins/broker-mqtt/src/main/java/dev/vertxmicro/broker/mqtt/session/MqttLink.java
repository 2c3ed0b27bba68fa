package dev.vertxmicro.broker.mqtt.session;

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
public final class MqttLink {
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

    /**
     * Sends a PUBLISH.
     *
     * @param topic   a topic without wildcards
     * @param payload sent as it is
     * @param qos     0, 1 or 2
     * @param id      packet id; any at QoS 0
     * @param again   true if it was sent before
     * @return completes when it is written
     */
    public Future<Void> publish(String topic, ByteBuf payload, int qos, int id, boolean again) {
        return socket.writeMessage(new MqttPublishMessage(
                PUBLISH[again ? 1 : 0][qos], new MqttPublishVariableHeader(topic, Math.max(id, 1)), payload));
    }

    /**
     * Sends a PUBREL.
     *
     * @param id of the PUBLISH
     */
    public void release(int id) {
        socket.writeMessage(new MqttMessage(PUBREL, MqttMessageIdVariableHeader.from(id)));
    }

    /**
     * Sends a PUBCOMP.
     *
     * @param id of the PUBLISH
     */
    public void complete(int id) {
        socket.writeMessage(new MqttMessage(PUBCOMP, MqttMessageIdVariableHeader.from(id)));
    }

    /**
     * Sends a SUBSCRIBE of one filter.
     *
     * @param id     packet id
     * @param filter a topic or pattern
     * @param qos    0, 1 or 2
     */
    public void subscribe(int id, String filter, int qos) {
        socket.writeMessage(MqttMessageBuilders.subscribe()
                .messageId(id)
                .addSubscription(MqttQoS.valueOf(qos), filter)
                .build());
    }

    /**
     * Sends an UNSUBSCRIBE of one filter.
     *
     * @param id     packet id
     * @param filter a topic or pattern
     */
    public void unsubscribe(int id, String filter) {
        socket.writeMessage(MqttMessageBuilders.unsubscribe()
                .messageId(id)
                .addTopicFilter(filter)
                .build());
    }

    void ping() {
        socket.writeMessage(MqttMessage.PINGREQ);
    }

    /**
     * Reads no further, or reads on.
     *
     * @param wanted true to read no further
     */
    public void pause(boolean wanted) {
        if (paused != wanted) {
            paused = wanted;
            if (wanted) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
    }

    /**
     * Tells whether nothing is read.
     *
     * @return true if so
     */
    public boolean isPaused() {
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

    /**
     * Gives the handlers that packets pass.
     *
     * @return Netty's pipeline
     */
    public ChannelPipeline pipeline() {
        return socket.channelHandlerContext().pipeline();
    }
}
