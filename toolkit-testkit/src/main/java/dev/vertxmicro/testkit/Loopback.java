package dev.vertxmicro.testkit;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.faults.FaultyNetwork;
import dev.vertxmicro.testkit.loopback.LoopbackClient;
import dev.vertxmicro.testkit.loopback.LoopbackSelector;
import dev.vertxmicro.testkit.loopback.LoopbackServer;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;

/**
 * A server without a socket, and a client whose calls reach it whatever service they name: handlers and generated clients are
 * tested alone. It is the server, and the client, that run in production: the same codecs, dispatch, deadlines, limits and
 * errors; only transport, registry and broker are in memory.
 *
 * <pre>{@code
 * Loopback loopback = new Loopback();
 * GreeterHandler.register(loopback.server(), new Greetings());
 * GreeterService greeter = GreeterService.create("greeter", loopback.client());
 * }</pre>
 *
 * <p>Handlers are added before the first call or message, which starts the server. Everything runs on the thread that calls,
 * and time stands still, until {@link ManualTimers} move it; {@link #on} takes other timers, such as those of a Vert.x, on
 * whose contexts handlers and callbacks run then. Where a message is of no protobuf type and nothing else is asked for, it is
 * sent as JSON.
 */
public final class Loopback {
    private static final long SEED = 1;

    private final Timers timers;
    private final FaultyNetwork network;
    private final Transport transport;
    private final LoopbackServer server;
    private final Client client;

    /** Makes a server without handlers, and its client, on the thread that calls; no time passes. */
    public Loopback() {
        this(Timers.manual());
    }

    private Loopback(Timers timers) {
        this.timers = timers;
        this.network = FaultyNetwork.create(timers, SEED);
        Transport memory = Transport.inMemory(timers);
        this.transport = network.transport("client", memory);
        Broker broker = Broker.inMemory(timers);
        Registry registry = Registry.inMemory(timers);
        ServerOptions options = ServerOptions.defaults().withName("loopback").withAddress("127.0.0.1:0");
        this.server = new LoopbackServer(
                Server.create(options, new ServerParts(network.transport("server", memory), registry, broker, timers)));
        Client real = Client.create(
                ClientOptions.DEFAULTS, new ClientParts(transport, new LoopbackSelector(server), broker, timers));
        this.client = new LoopbackClient(real, server);
    }

    /**
     * Makes a server without handlers, and its client, on these timers.
     *
     * @param timers {@code Timers.manual()}, whose time a test moves, or {@code VertxTimers.of(vertx)}, whose time is that of
     *               the clock, and which has handlers run on a context of that Vert.x
     * @return the two
     */
    public static Loopback on(Timers timers) {
        return new Loopback(timers);
    }

    /**
     * Gives the server, to add handlers to.
     *
     * @return the server; the first call starts it
     */
    public Server server() {
        return server;
    }

    /**
     * Gives the client.
     *
     * @return the client; what it publishes reaches the subscribers as from a broker
     */
    public Client client() {
        return client;
    }

    /**
     * Gives what is between the two, the nodes {@code client} and {@code server}: on it goes wrong what a test wants.
     *
     * @return the network, on which nothing goes wrong yet
     */
    public FaultyNetwork network() {
        return network;
    }

    /**
     * Gives the clock.
     *
     * @return the timers that server and client have
     */
    public Timers timers() {
        return timers;
    }

    /**
     * Gives a message to the subscribers of a topic, without a broker: as one that arrives on the port of the calls.
     *
     * @param context its metadata
     * @param topic   the topic
     * @param message the message
     * @param <M>     type of its messages
     * @return completes when all have dealt with it; fails as the server answers if one has failed
     */
    public <M> Future<Void> publish(CallContext context, Topic<M> topic, M message) {
        Message sent = LoopbackClient.typed(topic).encode(message, context.outgoing());
        return server.start()
                .compose(started -> transport.request(server.address(), sent, context))
                .compose(answer -> {
                    String error = answer.headers().value(Headers.ERROR, "");
                    return error.isEmpty()
                            ? Future.succeededFuture()
                            : Future.failedFuture(MicroException.parse(error));
                });
    }

    /**
     * Calls an endpoint of the server: for tests of a handler that has no generated client.
     *
     * @param context  metadata, deadline, cancellation
     * @param endpoint which
     * @param request  the message
     * @param <Q>      type of the request
     * @param <R>      type of the answer
     * @return the answer
     */
    public <Q, R> Future<R> call(CallContext context, Endpoint<Q, R> endpoint, Q request) {
        return client.call(context, Request.of("loopback", endpoint, request));
    }
}
