package dev.vertxmicro.transport.http;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** A server over HTTP whose handlers and one of whose codecs do what the header {@code Mishap} of a request says. */
final class FuzzedServer {
    static final List<String> MISHAPS = List.of(
            "none",
            "later",
            "throw",
            "error",
            "overflow",
            "undeclared",
            "null",
            "fail",
            "failError",
            "nothing",
            "own",
            "metadata",
            "never");
    static final List<String> ENDPOINTS =
            List.of("Fuzz.Text", "Fuzz.Struct", "Fuzz.Plain", "Fuzz.Bytes", "Fuzz.Stream");
    static final String TOPIC = "fuzz";
    /** A handler that nobody waits for ends so much later. */
    private static final int RUNS_ON_MILLIS = 20;

    private final Vertx vertx;
    private final Server server;

    FuzzedServer(Vertx vertx) {
        this.vertx = vertx;
        Timers timers = VertxTimers.of(vertx);
        this.server = Server.create(
                ServerOptions.defaults()
                        .withName("fuzz")
                        .withAddress("127.0.0.1:0")
                        .withMaxConcurrentCalls(3),
                new ServerParts(
                        HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS),
                        Codecs.standard().with(new OddCodec()),
                        Registry.inMemory(timers),
                        Broker.inMemory(timers),
                        timers,
                        Invoker.direct(),
                        address -> address,
                        List.of()));
        handle("Fuzz.Text", StringValue.class);
        handle("Fuzz.Struct", Struct.class);
        handle("Fuzz.Plain", JsonObject.class);
        handle("Fuzz.Bytes", Buffer.class);
        server.handleStream(
                new Endpoint<>("Fuzz.Stream", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false),
                (stream, context) -> {
                    stream.onMessage(message -> happen(context, Future.succeededFuture(message)));
                    return stream.send(StringValue.of("x")).compose(sent -> happen(context, Future.succeededFuture()));
                });
        server.subscribe(TOPIC, StringValue.class, (message, context) -> happen(context, Future.succeededFuture()));
    }

    private <T> void handle(String endpoint, Class<T> type) {
        server.handle(
                Endpoint.unary(endpoint, type, type),
                (request, context) -> happen(context, Future.succeededFuture(request)));
    }

    Server server() {
        return server;
    }

    @SuppressWarnings("NullAway") // null is what some handlers answer
    private <T> Future<T> happen(CallContext context, Future<T> answer) {
        return switch (context.metadata().value("Mishap", "none")) {
            case "later" ->
                vertx.timer(1, java.util.concurrent.TimeUnit.MILLISECONDS).compose(done -> answer);
            case "throw" -> throw new IllegalStateException("fuzz");
            case "error" -> throw new NoClassDefFoundError("fuzz");
            case "overflow" -> happen(context, answer);
            case "undeclared" -> throw FuzzedServer.<RuntimeException>any(new IOException("fuzz"));
            case "null" -> null;
            case "fail" -> Future.failedFuture(new IllegalStateException("fuzz"));
            case "failError" -> Future.failedFuture(new AssertionError("fuzz"));
            case "nothing" -> Future.succeededFuture();
            case "own" -> Future.failedFuture(MicroException.of("fuzz", 418, "teapot\r\n\u0000\u84dd"));
            case "metadata" -> {
                context.addResponseMetadata(
                        "Fuzz", "a\r\nb\u0000\u84dd" + context.metadata().value("Junk", ""));
                yield answer;
            }
            case "never" -> never(context);
            default -> answer;
        };
    }

    /** Ends some time after its caller has gone or its time is up. */
    private <T> Future<T> never(CallContext context) {
        Promise<T> promise = Promise.promise();
        context.cancellation().onCancel(() -> vertx.setTimer(RUNS_ON_MILLIS, late -> promise.tryFail("at last")));
        return promise.future();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // Kotlin and generics throw what no signature names
    private static <E extends Throwable> E any(Throwable failure) throws E {
        throw (E) failure;
    }

    /** Text whose first letter says what reading it does, and whose last letter what writing it does. */
    private static final class OddCodec implements Codec {
        @Override
        public String contentType() {
            return "text/odd";
        }

        @Override
        public Buffer encode(Object message) {
            String text = String.valueOf(message);
            return odd(text.isEmpty() ? 'a' : text.charAt(text.length() - 1), Buffer.buffer(text));
        }

        @Override
        public <T> T decode(Buffer body, Class<T> type) {
            T value = type == Buffer.class ? type.cast(body) : Codec.protobuf().decode(Buffer.buffer(), type);
            return odd(body.length() == 0 ? 'a' : body.toString().charAt(0), value);
        }

        @SuppressWarnings("NullAway") // null is what some codecs give
        private static <T> T odd(char how, T value) {
            return switch (how) {
                case 'n' -> null;
                case 't' -> throw new IllegalStateException("fuzz");
                case 'e' -> throw new NoClassDefFoundError("fuzz");
                case 'o' -> odd(how, value);
                default -> value;
            };
        }
    }
}
