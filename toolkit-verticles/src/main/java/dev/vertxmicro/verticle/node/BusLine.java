package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Asks agents over the event bus, for one of them. */
final class BusLine implements MemberDirectory.Line {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final AtomicLong PINGS = new AtomicLong();

    private final EventBus bus;
    private final NodeExchange exchange;
    private final Timers timers;

    BusLine(EventBus bus, NodeExchange exchange, Timers timers) {
        this.bus = bus;
        this.exchange = exchange;
        this.timers = timers;
    }

    @Override
    public Future<JsonObject> ping(String address, JsonObject question) {
        String id = "ping-" + PINGS.incrementAndGet();
        DeliveryOptions options = BusMessages.versioned()
                .addHeader(BusProtocol.ACTION, NodeAgent.PING)
                .setTracingPolicy(TracingPolicy.IGNORE);
        Promise<JsonObject> sign = timers.promise();
        MicroException none = MicroException.timeout(address, "no sign of life").withoutStackTrace();
        Timer silence = timers.schedule(PATIENCE, () -> exchange.forget(id, none));
        exchange.ask(address, id, question, options)
                .map(said -> said.body() instanceof JsonObject json ? json : new JsonObject())
                .onComplete(said -> {
                    silence.cancel();
                    if (said.succeeded()) {
                        sign.tryComplete(said.result());
                    } else {
                        sign.tryFail(said.cause());
                    }
                });
        return sign.future();
    }

    @Override
    public void giveUp(String address, MicroException why) {
        exchange.giveUp(address, why);
    }

    @Override
    public void who() {
        JsonObject question = new JsonObject().put("action", NodeAgent.WHO).put("address", exchange.own());
        bus.publish(BusProtocol.NODES, question, BusMessages.versioned());
    }
}
