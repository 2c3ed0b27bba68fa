package dev.vertxmicro.debug;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.KeptSpan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Answers {@code Debug.Health}, {@code Debug.Stats}, {@code Debug.Log} and {@code Debug.Trace} for all instances of a service
 * (go-micro {@code debug/service/handler/debug.go}; the last one came with version 2). May be used from any thread.
 */
public final class DebugHandlers {
    private static final Endpoint<Buffer, DynamicMessage> HEALTH = unary("Debug.Health");
    private static final Endpoint<Buffer, DynamicMessage> STATS = unary("Debug.Stats");
    private static final Endpoint<Buffer, DynamicMessage> TRACE = unary("Debug.Trace");
    private static final Endpoint<Buffer, DynamicMessage> LOG =
            new Endpoint<>("Debug.Log", Buffer.class, DynamicMessage.class, Endpoint.Kind.SERVER_STREAM, false);

    private static final HandlerOptions INTERNAL = HandlerOptions.DEFAULTS.withInternal(true);
    private static final int MOST_SPANS = 1000;
    private static final int MILLION = 1_000_000;
    /** What is less is no time since 1970 but a number of seconds ago, as the comment of the .proto has it. */
    private static final long LEAST_TIME = 100_000_000;

    private final Vertx vertx;
    private final Timers timers;
    private final Supplier<Future<Boolean>> ready;
    private final LogBuffer log;
    private final BiFunction<String, Integer, List<KeptSpan>> spans;
    private final Instant started = Instant.now();
    private final Set<Server> servers = ConcurrentHashMap.newKeySet();

    /**
     * Makes the handlers of a service.
     *
     * @param vertx  has the threads for what may block
     * @param timers the clock
     * @param ready  tells whether the service is well
     * @param log    its latest lines
     * @param spans  gives the spans of a trace, no more than a number
     */
    public DebugHandlers(
            Vertx vertx,
            Timers timers,
            Supplier<Future<Boolean>> ready,
            LogBuffer log,
            BiFunction<String, Integer, List<KeptSpan>> spans) {
        this.vertx = vertx;
        this.timers = timers;
        this.ready = ready;
        this.log = log;
        this.spans = spans;
    }

    private static Endpoint<Buffer, DynamicMessage> unary(String name) {
        return new Endpoint<>(name, Buffer.class, DynamicMessage.class, Endpoint.Kind.UNARY, true);
    }

    /**
     * Has a server answer.
     *
     * @param server of one instance, not started yet
     */
    public void serve(Server server) {
        servers.add(server);
        server.handle(HEALTH, (request, context) -> health(), INTERNAL);
        server.handle(STATS, (request, context) -> vertx.executeBlocking(this::stats, false), INTERNAL);
        server.handle(TRACE, (request, context) -> trace(request), INTERNAL);
        server.handleStream(LOG, OneRequestHandler.streaming(this::log), INTERNAL);
    }

    /** What is not ready says so: a Go monitor takes whatever is not {@code ok} for a failure. */
    private Future<DynamicMessage> health() {
        return ready.get().map(well -> DebugSchema.write("HealthResponse", Map.of("status", well ? "ok" : "down")));
    }

    private DynamicMessage stats() {
        Runtime runtime = Runtime.getRuntime();
        long now = Instant.now().getEpochSecond();
        long collecting = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collecting += Math.max(0, collector.getCollectionTime());
        }
        long requests = 0;
        long errors = 0;
        for (Server server : servers) {
            ServerStatistics counted = server.statistics();
            requests += counted.calls();
            errors += counted.errors();
        }
        return DebugSchema.write(
                "StatsResponse",
                Map.of(
                        "timestamp",
                        now,
                        "started",
                        started.getEpochSecond(),
                        "uptime",
                        Math.max(0, now - started.getEpochSecond()),
                        "memory",
                        runtime.totalMemory() - runtime.freeMemory(),
                        "threads",
                        (long) ManagementFactory.getThreadMXBean().getThreadCount(),
                        "gc",
                        collecting * MILLION,
                        "requests",
                        requests,
                        "errors",
                        errors));
    }

    private Future<DynamicMessage> trace(Buffer request) {
        String id;
        try {
            id = DebugSchema.text(DebugSchema.read("TraceRequest", request), "id");
        } catch (CodecException e) {
            return Future.failedFuture(refused(e));
        }
        List<Message> found =
                spans.apply(id, MOST_SPANS).stream().map(DebugHandlers::span).collect(Collectors.toList());
        return Future.succeededFuture(DebugSchema.write("TraceResponse", Map.of("spans", found)));
    }

    private static DynamicMessage span(KeptSpan span) {
        return DebugSchema.write(
                "Span",
                Map.of(
                        "trace", span.trace(),
                        "id", span.id(),
                        "parent", span.parent(),
                        "name", span.name(),
                        "started", ChronoUnit.NANOS.between(Instant.EPOCH, span.started()),
                        "duration", Math.max(0, span.duration().toNanos()),
                        "type", span.outgoing() ? 1 : 0),
                span.attributes());
    }

    private static MicroException refused(CodecException e) {
        return MicroException.badRequest("go.micro.debug", String.valueOf(e.getMessage()))
                .withoutStackTrace();
    }

    private Future<Void> log(Buffer request, ServerStream<Buffer, DynamicMessage> stream, CallContext context) {
        DynamicMessage asked;
        try {
            asked = DebugSchema.read("LogRequest", request);
        } catch (CodecException e) {
            return Future.failedFuture(refused(e));
        }
        long count = DebugSchema.number(asked, "count");
        boolean follow = Boolean.parseBoolean(DebugSchema.text(asked, "stream"));
        LogFollower follower = new LogFollower(log, stream, timers);
        List<LoggedLine> before =
                follow && count <= 0 ? List.of() : log.latest(since(DebugSchema.number(asked, "since")), count);
        Future<Void> sent =
                stream.sendAll(before.stream().map(LogFollower::record).iterator());
        return follow ? sent.compose(done -> follower.run(context)) : sent;
    }

    /** Go reads it as a time, though the .proto says it were a number of seconds ago: which of the two it is can be seen. */
    private static Instant since(long seconds) {
        if (seconds <= 0) {
            return Instant.EPOCH;
        }
        return seconds >= LEAST_TIME
                ? Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()))
                : Instant.now().minusSeconds(seconds);
    }
}
