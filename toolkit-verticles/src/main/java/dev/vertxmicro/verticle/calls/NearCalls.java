package dev.vertxmicro.verticle.calls;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.MessageImpl;

/**
 * Takes what event loops of this Vert.x send to {@code micro.client} where it is sent, on the sender's own event loop, so that a call
 * goes to no other and back: a client may be used on any. From other threads and processes messages come to the address, and so do those
 * that open a stream.
 */
public final class NearCalls {
    private final EventBus bus;
    private final Handler<Message<Object>> taking;
    private final Handler<DeliveryContext<Object>> interceptor = this::sent;

    /**
     * Makes it.
     *
     * @param bus    the event bus
     * @param taking takes messages, on any thread, and does not fail; reads their headers before it returns, and does not change them
     */
    public NearCalls(EventBus bus, Handler<Message<Object>> taking) {
        this.bus = bus;
        this.taking = taking;
    }

    /** Begins. */
    public void begin() {
        bus.addOutboundInterceptor(interceptor);
    }

    private void sent(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        Context context = Vertx.currentContext();
        if (message.replyAddress() != null
                && message.address().equals(BusProtocol.CLIENT)
                && context != null
                && context.isEventLoopContext()
                && !BusOpening.is(message)
                && message instanceof MessageImpl<?, Object> sent) {
            taking.handle(received(sent));
        } else {
            delivery.next();
        }
    }

    /**
     * What the receiver has: a body that is a copy, unless its codec says otherwise, which a message of one that is not clustered makes
     * by itself. Its headers are the sender's: {@code taking} reads them at once, or not at all.
     */
    private static Message<Object> received(MessageImpl<?, Object> sent) {
        return sent.getClass() == MessageImpl.class ? sent : sent.copyBeforeReceive();
    }

    /** Ends: messages come to the address, if anybody listens there. */
    public void end() {
        bus.removeOutboundInterceptor(interceptor);
    }
}
