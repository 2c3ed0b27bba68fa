package dev.vertxmicro.wrapper.auth;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in memory behind wrappers, with an endpoint, a stream and a subscriber. */
final class GuardedServer {
    static final String ADDRESS = "127.0.0.1:9";

    final List<String> handled = new CopyOnWriteArrayList<>();
    final ServerParts parts;
    private final Transport transport;

    /** Ways in. */
    enum Way {
        CALL,
        STREAM,
        MESSAGE
    }

    /** What the caller is told; code 0 if he was let in. */
    record Outcome(int code, String id, String detail) {
        static final Outcome OK = new Outcome(0, "", "");

        static Outcome of(String error) {
            if (error.isEmpty()) {
                return OK;
            }
            String inner = error.contains("subscriber error: ")
                    ? MicroException.parse(error).detail().replace("subscriber error: ", "")
                    : error;
            MicroException read = MicroException.parse(inner);
            return new Outcome(read.code(), read.id(), read.detail());
        }
    }

    GuardedServer(Timers timers, Wrapper... wrappers) {
        transport = Transport.inMemory(timers);
        ServerParts plain = new ServerParts(transport, Registry.inMemory(timers), timers);
        parts = new ServerParts(
                transport,
                plain.codecs(),
                plain.registry(),
                plain.broker(),
                timers,
                Invoker.direct(),
                plain.advertise(),
                new Wrappers(List.of(wrappers)).server());
        Server server =
                Server.create(ServerOptions.defaults().withName("greeter").withAddress(ADDRESS), parts);
        for (String name : List.of("Greeter.Hello", "Admin.Stop", "Debug.Health")) {
            server.handle(Endpoint.unary(name, StringValue.class, StringValue.class), (request, context) -> {
                handled.add(who(context));
                return Future.succeededFuture(request);
            });
        }
        server.handleStream(
                new Endpoint<>(
                        "Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false),
                (stream, context) -> {
                    handled.add(who(context));
                    stream.onMessage(stream::send);
                    return stream.ended();
                });
        server.subscribe("events.greeted", StringValue.class, (message, context) -> {
            handled.add(who(context));
            return Future.succeededFuture();
        });
        Await.result(server.start());
    }

    private static String who(CallContext context) {
        return Principal.of(context).map(Principal::toString).orElse("nobody");
    }

    static Metadata bearer(String token) {
        return Metadata.of("Authorization", "Bearer " + token);
    }

    Outcome enter(Way way, Metadata shown) {
        return switch (way) {
            case CALL -> call("Greeter.Hello", shown);
            case STREAM -> stream(shown);
            case MESSAGE -> message("events.greeted", shown);
        };
    }

    Outcome call(String endpoint, Metadata shown) {
        return Await.result(calling(endpoint, shown));
    }

    Future<Outcome> calling(String endpoint, Metadata shown) {
        return request(shown, "Micro-Endpoint", endpoint);
    }

    Outcome message(String topic, Metadata shown) {
        return Await.result(request(shown, "Micro-Topic", topic));
    }

    private Future<Outcome> request(Metadata shown, String header, String value) {
        Metadata headers = headers(shown).add(header, value).build();
        return transport
                .request(ADDRESS, new Message(headers, body()), CallContext.create())
                .map(answer -> Outcome.of(answer.headers().value("Micro-Error", "")));
    }

    private static Metadata.Builder headers(Metadata shown) {
        return Metadata.builder(4).addAll(shown).add("Content-Type", "application/protobuf");
    }

    static Buffer body() {
        return Codec.protobuf().encode(StringValue.of("hi"));
    }

    private Outcome stream(Metadata shown) {
        Metadata headers = headers(shown)
                .add("Micro-Endpoint", "Greeter.Chat")
                .add("Micro-Stream", "1")
                .build();
        Socket socket = Await.result(transport.open(ADDRESS, new Message(headers, body()), CallContext.create()));
        Promise<Outcome> first = Promise.promise();
        socket.onMessage(message ->
                        first.tryComplete(Outcome.of(message.headers().value("Micro-Error", ""))))
                .onEnd(trailer -> first.tryComplete(Outcome.of(trailer.value("Micro-Error", ""))))
                .resume();
        socket.send(new Message(Metadata.EMPTY, body()));
        Outcome told = Await.result(first.future());
        socket.end(Metadata.EMPTY);
        return told;
    }
}
