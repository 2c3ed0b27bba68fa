package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusBundler;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for one process of a cluster, at an address of its own: says that it is there, which handlers are consumers of the process,
 * and hands them what others send for them. It lives on the event loop of the event bus and ends before the verticles of its Vert.x do, once
 * the others know that and have the answers of what runs.
 */
public final class NodeAgent implements Shareable {
    static final String FORWARD = "forward";
    static final String PING = "ping";
    static final String WHO = "who";
    static final String UP = "up";
    static final String DOWN = "down";
    /** What those who send say of {@link #DOWN}: they send nothing more. */
    static final String NOTED = "noted";
    /** Action of those who list the processes. */
    public static final String DESCRIBE = "describe";

    static final String LEAVING = "leaving";

    private final EventBus bus;
    private final String id = UUID.randomUUID().toString();
    private final String address = BusProtocol.node(id);
    private final ContextInternal context;
    private final NodeExchange exchange;
    private final Forwarding forwarding;
    private final LocalHandlers handlers;
    private final Timers timers;
    private final NodeDescription description;
    private final Promise<Void> ready;
    private volatile boolean leaving;
    private @Nullable MemberDirectory directory;
    private @Nullable Future<Void> left;
    private int routes;
    private boolean served;

    private NodeAgent(Vertx vertx) {
        VertxInternal internal = (VertxInternal) vertx;
        this.bus = vertx.eventBus();
        this.handlers = LocalHandlers.of(vertx);
        this.timers = VertxTimers.of(vertx);
        this.exchange = new NodeExchange(vertx, address, timers);
        this.forwarding = new Forwarding(vertx, exchange);
        this.description = new NodeDescription(internal, id);
        this.context = ofTheBus(internal);
        this.ready = Promise.promise();
        internal.addCloseHook(closed -> leave().onComplete(closed));
        context.runOnContext(started -> begin());
    }

    /**
     * Makes a context on the event loop on which a clustered event bus reads, the first that its Vert.x gave away: what comes for the agent
     * has no way to another thread. Should that be another loop one day, there is that way, and all works as before.
     */
    private static ContextInternal ofTheBus(VertxInternal vertx) {
        EventLoop first = (EventLoop) vertx.nettyEventLoopGroup().iterator().next();
        return vertx.contextBuilder().withEventLoop(first).build();
    }

    /**
     * Gives the agent of a Vert.x, and starts it if there is none.
     *
     * @param vertx the Vert.x, one of a cluster
     * @return its only agent
     */
    public static NodeAgent of(Vertx vertx) {
        return vertx.sharedData()
                .<String, NodeAgent>getLocalMap("dev.vertxmicro.node")
                .computeIfAbsent("agent", key -> new NodeAgent(vertx));
    }

    /**
     * Tells when it can be reached.
     *
     * @return completes then
     */
    public Future<Void> ready() {
        return ready.future();
    }

    NodeExchange exchange() {
        return exchange;
    }

    /** What it knows of the others, from the first time that somebody asks. */
    synchronized MemberDirectory directory() {
        MemberDirectory known = directory;
        if (known == null) {
            MemberDirectory made = new MemberDirectory(new BusLine(bus, exchange, timers), timers);
            directory = made;
            known = made;
            ready().onSuccess(up -> context.runOnContext(ticking -> made.start()));
        }
        return known;
    }

    private synchronized Optional<MemberDirectory> known() {
        return Optional.ofNullable(directory);
    }

    private void begin() {
        MessageConsumer<Object> mine = bus.consumer(address, this::received);
        MessageConsumer<Object> common = bus.consumer(BusProtocol.NODES, this::announced);
        mine.completion().compose(up -> common.completion()).onComplete(ready);
        ready.future().onSuccess(up -> bus.publish(BusProtocol.NODES, announcement(UP), BusMessages.versioned()));
    }

    private JsonObject announcement(String action) {
        return new JsonObject()
                .put("action", action)
                .put("node", id)
                .put("address", address)
                .put("process", description.process());
    }

    private void announced(Message<Object> message) {
        if (!(message.body() instanceof JsonObject said)) {
            return;
        }
        String from = said.getString("address", "");
        if (WHO.equals(said.getString("action"))) {
            if (!leaving && !from.isEmpty()) {
                exchange.tell(from, announcement(UP), doing(UP));
            }
        } else if (!from.equals(address)) { // calls from here to here go on until their service has ended
            known().ifPresent(nodes -> nodes.announced(said));
        }
    }

    /** Takes what an agent tells this one alone; who goes hears when nothing more will be sent there. */
    private void announced(String action, @Nullable Object body) {
        if (body instanceof JsonObject said) {
            known().ifPresent(nodes -> nodes.announced(said));
            String from = said.getString("address", "");
            if (DOWN.equals(action) && !from.isEmpty()) {
                exchange.tell(from, announcement(NOTED), doing(NOTED));
            }
        }
    }

    private static DeliveryOptions doing(String action) {
        return BusMessages.versioned().addHeader(BusProtocol.ACTION, action);
    }

    private void received(Message<Object> message) {
        String action = message.headers().get(BusProtocol.ACTION);
        if (LargeCalls.is(message)) {
            exchange.large().take(message, exchange, forwarding);
        } else if (NodeExchange.ANSWER.equals(action)) {
            exchange.answered(message.headers().get(NodeExchange.QUESTION), NodeExchange.Answer.of(message));
        } else if (FORWARD.equals(action)) {
            forwarding.forward(message);
        } else if (BusBundler.BUNDLE.equals(action)) {
            forwarding.bundle(message);
        } else if (UP.equals(action) || DOWN.equals(action)) {
            announced(action, message.body());
        } else if (NOTED.equals(action)) {
            forwarding.noted(message.body() instanceof JsonObject said ? said.getString("address", "") : "");
        } else {
            told(message, String.valueOf(action));
        }
    }

    /** Other agents have an exchange, whoever else asks sends a request. */
    private void told(Message<Object> message, String action) {
        NodeExchange.Return to = NodeExchange.Return.take(message.headers());
        if (to == null) {
            BusMessages.answer(message, asked -> answer(action, asked));
        } else {
            if (PING.equals(action)) {
                forwarding.asked(to.agent());
            }
            boolean own = to.agent().equals(address);
            Catching.future("agent", () -> answer(action, message))
                    .map(said -> own ? said.put(LEAVING, false) : said)
                    .onSuccess(said -> exchange.answer(to, said, BusMessages.versioned()))
                    .onFailure(failure -> exchange.fail(to, MicroException.from(address, failure)));
        }
    }

    private Future<JsonObject> answer(String action, Message<Object> message) {
        JsonObject question = message.body() instanceof JsonObject json ? json : new JsonObject();
        return switch (action) {
            case PING -> signs(question.getJsonArray("handlers", new JsonArray()));
            case DESCRIBE -> Future.succeededFuture(description.json());
            default ->
                Future.failedFuture(MicroException.badRequest(
                        address, "action: " + action + " (expected: ping, describe or forward)"));
        };
    }

    private Future<JsonObject> signs(JsonArray asked) {
        List<Future<LocalHandlers.Sign>> signs = new ArrayList<>(asked.size());
        asked.forEach(handler -> signs.add(handlers.ask(String.valueOf(handler))));
        JsonObject answer = new JsonObject().put("node", id).put(LEAVING, leaving);
        return signs.isEmpty()
                ? Future.succeededFuture(answer)
                : Future.all(signs).map(known -> {
                    JsonArray there = new JsonArray();
                    JsonArray silent = new JsonArray();
                    for (int i = 0; i < signs.size(); i++) {
                        description.seen(
                                String.valueOf(asked.getValue(i)), signs.get(i).result());
                        switch (signs.get(i).result()) {
                            case THERE -> there.add(asked.getValue(i));
                            case SILENT -> silent.add(asked.getValue(i));
                            case ABSENT -> {}
                        }
                    }
                    return answer.put("there", there).put("silent", silent);
                });
    }

    /**
     * Goes, once: tells the others, serves them until they know, and what runs until it is answered.
     *
     * @return completes when no message is under way any more, after 5 s at the latest
     */
    public Future<Void> leave() {
        synchronized (this) {
            if (left == null) {
                Promise<Void> gone = Promise.promise();
                left = gone.future();
                leaving = true;
                context.runOnContext(begun -> goodbye().onComplete(gone));
            }
            return left;
        }
    }

    private Future<Void> goodbye() {
        bus.publish(BusProtocol.NODES, announcement(DOWN), BusMessages.versioned());
        return forwarding.end(announcement(DOWN)).eventually(this::ended);
    }

    /** The services of this process are undeployed after this, and until then their calls go on by this agent. */
    private synchronized Future<Void> ended() {
        served = true;
        return routes == 0 ? deaf() : Future.succeededFuture();
    }

    /** Serves a route, until that leaves. */
    synchronized void enter() {
        routes++;
    }

    /** Serves one route less. */
    synchronized Future<Void> exit() {
        routes--;
        return routes == 0 && served ? deaf() : Future.succeededFuture();
    }

    private Future<Void> deaf() {
        known().ifPresent(MemberDirectory::stop);
        return exchange.large().close();
    }
}
