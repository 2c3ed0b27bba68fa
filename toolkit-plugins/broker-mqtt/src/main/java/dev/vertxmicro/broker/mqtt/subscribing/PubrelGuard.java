package dev.vertxmicro.broker.mqtt.subscribing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * Looks at the PUBREL packets of a connection: of those that the client does not know it would say nothing, and the server would hold
 * a place of its window for each of them for ever. It does not know a DISCONNECT of the server either, which MQTT 5 has.
 */
final class PubrelGuard extends ChannelInboundHandlerAdapter {
    private final BitSet received;
    private final IntConsumer unknown;

    /**
     * Makes one.
     *
     * @param received ids of QoS 2 messages that the client has and waits with for their PUBREL; outlives the connection
     * @param unknown  takes the ids of the others
     */
    PubrelGuard(BitSet received, IntConsumer unknown) {
        this.received = received;
        this.unknown = unknown;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) throws Exception {
        if (packet instanceof MqttPublishMessage publish) {
            if (publish.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
                received.set(publish.variableHeader().packetId());
            }
        } else if (packet instanceof MqttMessage message
                && message.decoderResult().isSuccess()
                && message.fixedHeader().messageType() == MqttMessageType.PUBREL
                && message.variableHeader() instanceof MqttMessageIdVariableHeader header) {
            int id = header.messageId();
            if (!received.get(id)) {
                unknown.accept(id);
                return;
            }
            received.clear(id);
        }
        if (packet instanceof MqttMessage message
                && message.decoderResult().isSuccess()
                && message.fixedHeader().messageType() == MqttMessageType.DISCONNECT) {
            return; // it closes the connection now
        }
        super.channelRead(context, packet);
    }
}
