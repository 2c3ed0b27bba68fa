package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.shareddata.Shareable;
import io.vertx.core.tracing.TracingPolicy;

/**
 * The handlers among the consumers of this process, plain ones, who know nothing of this. By an interceptor of the event bus their
 * threads answer the question whether they are there, without them, and a handler that throws fails its message at once, where Vert.x
 * alone would log that and leave the sender to wait. May be used from any thread.
 */
public final class LocalHandlers implements Shareable {
    private static final String ASK = "micro-ask";
    private static final long PATIENCE_MILLIS = 500;

    /** What is known of a handler. */
    enum Sign {
        /** It would take a message. */
        THERE,
        /** There is a consumer, whose thread is at something else. */
        SILENT,
        /** There is no consumer in this process. */
        ABSENT
    }

    private final EventBus bus;

    private LocalHandlers(EventBus bus) {
        this.bus = bus;
        bus.<Object>addInboundInterceptor(this::delivered);
    }

    /**
     * Gives those of a Vert.x.
     *
     * @param vertx the Vert.x
     * @return always the same ones
     */
    public static LocalHandlers of(Vertx vertx) {
        return vertx.sharedData()
                .<String, LocalHandlers>getLocalMap("dev.vertxmicro.handlers")
                .computeIfAbsent("local", key -> new LocalHandlers(vertx.eventBus()));
    }

    /** Asks the thread of a handler for a sign of life; never fails. */
    Future<Sign> ask(String handler) {
        if (!handler.startsWith(BusProtocol.HANDLERS)) {
            return Future.succeededFuture(Sign.ABSENT); // others would take it for a message
        }
        DeliveryOptions asking = new DeliveryOptions()
                .addHeader(ASK, "true")
                .setLocalOnly(true)
                .setSendTimeout(PATIENCE_MILLIS)
                .setTracingPolicy(TracingPolicy.IGNORE);
        return bus.request(handler, null, asking).transform(answer -> Future.succeededFuture(sign(answer.cause())));
    }

    private static Sign sign(Throwable failure) {
        if (failure == null) {
            return Sign.THERE;
        }
        return BusMessages.untaken(failure) ? Sign.ABSENT : Sign.SILENT;
    }

    /** Runs on the thread of the consumer. */
    private void delivered(DeliveryContext<Object> delivery) {
        Message<Object> message = delivery.message();
        if (!message.address().startsWith(BusProtocol.HANDLERS) || message.replyAddress() == null) {
            delivery.next();
        } else if (message.headers().contains(ASK)) {
            message.reply(null);
        } else {
            guarded(delivery, message);
        }
    }

    private static void guarded(DeliveryContext<Object> delivery, Message<Object> message) {
        ContextInternal context = ContextInternal.current();
        // on a virtual thread other messages pass while a handler waits
        if (context == null || context.threadingModel() == ThreadingModel.VIRTUAL_THREAD) {
            delivery.next();
            return;
        }
        Handler<Throwable> before = context.exceptionHandler();
        Handler<Throwable> guard = new Handler<>() {
            private boolean failed;

            @Override
            public void handle(Throwable thrown) {
                context.exceptionHandler(before);
                if (!failed) {
                    failed = true;
                    MicroException error = MicroException.internal(message.address(), "handler failed");
                    message.fail(error.code(), error.text());
                }
                context.reportException(thrown);
            }
        };
        context.exceptionHandler(guard);
        try {
            delivery.next();
        } finally {
            if (context.exceptionHandler() == guard) {
                context.exceptionHandler(before);
            }
        }
    }
}
