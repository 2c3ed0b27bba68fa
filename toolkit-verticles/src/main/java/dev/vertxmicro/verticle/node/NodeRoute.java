package dev.vertxmicro.verticle.node;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.streams.StreamRelay;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Chooses, for each call, one of the processes that have its handler, by all that a client knows of choosing and trying again. Where
 * none is known, the address of the handler is asked, for consumers in processes without an agent.
 */
final class NodeRoute implements HandlerRoute {
    /** What a call has that came without a deadline, as requests on the event bus have. */
    private static final Duration WITHOUT_DEADLINE = Duration.ofSeconds(30);
    /** The deadline of the context decides. */
    private static final CallOptions WITH_DEADLINE =
            CallOptions.DEFAULTS.withRequestTimeout(Optional.of(Duration.ofDays(1)));
    /** All handlers have the same signature. */
    private static final Endpoint<Buffer, Buffer> STREAM =
            new Endpoint<>("Handler.Stream", Buffer.class, Buffer.class, Endpoint.Kind.BIDIRECTIONAL, false);
    /** Ends a call so long before its deadline that whose fault it was is known before its caller gives up. */
    private static final long MARGIN_NANOS = Duration.ofMillis(10).toNanos();

    /** What processes need to answer a search. */
    private static final Duration SEARCH = Duration.ofMillis(250);

    private final NodeAgent agent;
    private final MemberDirectory directory;
    private final AddressRoute byAddress;
    private final Timers timers;
    private final Selector selector;
    private final Client client;

    NodeRoute(Vertx vertx, List<String> handlers, AddressRoute byAddress, SelectorOptions choice, ClientOptions call) {
        this.agent = NodeAgent.of(vertx);
        this.directory = agent.directory();
        this.byAddress = byAddress;
        this.timers = VertxTimers.of(vertx);
        MemberDirectory.Line line = new BusLine(vertx.eventBus(), agent.exchange(), timers);
        HandlerTransport transport = new HandlerTransport(byAddress, directory, line, agent.exchange(), timers);
        // instances on several event loops share it
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.selector = Selector.caching(
                choice.withFilters(List.of()).withServices(Map.of()),
                new SelectorParts(new HandlerDiscovery(directory), timers, random, transport::probe));
        this.client = Client.create(
                call.withName("")
                        .withContentType("application/octet-stream")
                        .withRequestTimeout(WITHOUT_DEADLINE)
                        .withWarmUp(List.of()),
                new ClientParts(transport, selector, timers));
        agent.enter();
        directory.lookFor(handlers);
    }

    @Override
    public Future<Buffer> forward(
            Endpoint<Buffer, Buffer> endpoint, String handler, Buffer request, CallContext context) {
        if (directory.offering(handler).isEmpty()) {
            return directory.knows(handler)
                    ? Future.failedFuture(MicroException.unavailable(handler, "no handler answers")
                            .asNotTaken())
                    : byAddress.forward(endpoint, handler, request, context);
        }
        Request<Buffer, Buffer> call = Request.of(handler, endpoint, request);
        if (context.hasDeadline()) {
            call = call.withOptions(WITH_DEADLINE);
        }
        return client.exchange(timed(context), call).transform(answer -> {
            if (answer.succeeded()) {
                return Future.succeededFuture(body(answer.result(), context));
            }
            MicroException error = MicroException.from(handler, answer.cause());
            return neverLeft(error) && !context.cancellation().isCancelled()
                    ? byAddress.forward(endpoint, handler, request, context)
                    : Future.failedFuture(told(error));
        });
    }

    private CallContext timed(CallContext context) {
        if (!context.hasDeadline()) {
            return context;
        }
        long left = context.deadline() - timers.nanoTime();
        return context.withDeadline(context.deadline() - Math.min(MARGIN_NANOS, Math.max(0, left / 10)));
    }

    @Override
    public Future<Void> stream(String handler, ServerStream<Buffer, Buffer> stream, CallContext context) {
        if (directory.offering(handler).isEmpty()) {
            return directory.knows(handler)
                    ? Future.failedFuture(MicroException.unavailable(handler, "no handler answers")
                            .asNotTaken())
                    : byAddress.stream(handler, stream, context);
        }
        Request<Buffer, Buffer> request = Request.of(handler, STREAM, Buffer.buffer());
        return client.stream(timed(context), request)
                .transform(opened -> {
                    if (opened.succeeded()) {
                        return StreamRelay.join(handler, stream, opened.result());
                    }
                    MicroException error = MicroException.from(handler, opened.cause());
                    return neverLeft(error) && !context.cancellation().isCancelled()
                            ? byAddress.stream(handler, stream, context)
                            : Future.failedFuture(told(error));
                })
                .recover(failure -> Future.failedFuture(told(MicroException.from(handler, failure))));
    }

    private static Buffer body(Response<Buffer> response, CallContext context) {
        if (response.metadata().size() > 0) {
            response.metadata().forEach(context::addResponseMetadata);
        }
        return response.body();
    }

    /** No process had the handler any more, or none could be selected. */
    private static boolean neverLeft(MicroException error) {
        boolean unselected = error.code() == 500
                && error.call().map(call -> call.node().isEmpty()).orElse(false);
        return unselected || error.fault() == Fault.NOT_TAKEN || error.fault() == Fault.UNREACHABLE;
    }

    /** What a handler says reaches the caller as it is. */
    private static MicroException told(MicroException error) {
        return error.remote() ? MicroException.parse(error.text()) : error;
    }

    @Override
    public Future<Void> ready() {
        Promise<Void> found = timers.promise();
        agent.ready().onComplete(up -> timers.schedule(SEARCH, found::tryComplete));
        return found.future();
    }

    @Override
    public Future<Void> close() {
        return client.close()
                .eventually(selector::close)
                .eventually(byAddress::close)
                .eventually(agent::exit);
    }
}
