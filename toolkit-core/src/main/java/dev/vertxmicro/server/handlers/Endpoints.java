package dev.vertxmicro.server.handlers;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of a server and their handlers, found by name (go-micro {@code server/rpc_router.go}). */
public final class Endpoints {

    /** A unary handler with its signature. */
    public record Unary<Q, R>(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions options) {

        /** Decodes the request; the rest of the call is in the returned step. */
        public Call<Q, R> decode(Codec codec, Buffer body) {
            return new Call<>(this, codec.decode(body, endpoint.requestType()));
        }
    }

    /** A decoded request with the handler that answers it. */
    public record Call<Q, R>(Unary<Q, R> unary, Q request) {
        /** Asks the handler. */
        public Future<R> run(CallContext context) {
            return unary.handler().handle(request, context);
        }
    }

    /** A stream handler with its signature. */
    public record Streaming<Q, R>(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler, HandlerOptions options) {}

    private final Map<String, Unary<?, ?>> byName = new HashMap<>();
    private final Map<String, Streaming<?, ?>> streams = new HashMap<>();

    /**
     * Adds one for calls.
     *
     * @throws IllegalArgumentException if its endpoint streams, or has a handler
     */
    public void add(Unary<?, ?> unary) {
        String name = unary.endpoint().name();
        if (unary.endpoint().kind() != Endpoint.Kind.UNARY) {
            throw new IllegalArgumentException("endpoint: " + name + " streams (expected: a unary endpoint)");
        }
        checkFree(name);
        byName.put(name, unary);
    }

    /**
     * Adds one for streams.
     *
     * @throws IllegalArgumentException if its endpoint is unary, or has a handler
     */
    public void addStream(Streaming<?, ?> streaming) {
        Endpoint<?, ?> endpoint = streaming.endpoint();
        if (endpoint.kind() == Endpoint.Kind.UNARY) {
            throw new IllegalArgumentException("endpoint: " + endpoint.name() + " is unary (expected: a stream)");
        }
        checkFree(endpoint.name());
        streams.put(endpoint.name(), streaming);
    }

    private void checkFree(String name) {
        if (byName.containsKey(name) || streams.containsKey(name)) {
            throw new IllegalArgumentException(
                    "endpoint: " + name + " has a handler (expected: one handler an endpoint)");
        }
    }

    /** Finds the handler of a stream, null if there is none. */
    @Nullable
    public Streaming<?, ?> findStream(String name) {
        return streams.get(name);
    }

    /** Finds the handler of a call, null if there is none. */
    @Nullable
    public Unary<?, ?> find(String name) {
        return byName.get(name);
    }

    static boolean wellFormed(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1 && name.indexOf('.', dot + 1) < 0;
    }

    /** Words the error for a name without a handler as go-micro's router does: plain text. */
    public MicroException unknown(String name) {
        if (!wellFormed(name)) {
            return MicroException.parse("rpc: service/endpoint request ill-formed: " + name);
        }
        int dot = name.indexOf('.');
        String service = name.substring(0, dot);
        boolean known = Stream.concat(byName.keySet().stream(), streams.keySet().stream())
                .anyMatch(endpoint -> endpoint.startsWith(service + "."));
        return MicroException.parse(
                known ? "rpc: can't find method " + name.substring(dot + 1) : "rpc: can't find service " + service);
    }

    /** Lists the endpoints for the registry, sorted by name; internal ones are left out. */
    public List<EndpointInfo> describe() {
        Map<String, EndpointInfo> infos = new TreeMap<>();
        byName.forEach((name, unary) -> {
            if (!unary.options().internal()) {
                infos.put(name, describe(unary));
            }
        });
        streams.forEach((name, streaming) -> {
            if (!streaming.options().internal()) {
                infos.put(name, describeStream(name, streaming.options().metadata()));
            }
        });
        return List.copyOf(infos.values());
    }

    /** Streams are described as go-micro does it: by the types of its handler's parameters. */
    private static EndpointInfo describeStream(String name, Map<String, String> given) {
        Map<String, String> metadata = new HashMap<>(given);
        metadata.put("stream", "true");
        return new EndpointInfo(
                name,
                Optional.of(new Value("Context", "Context", List.of())),
                Optional.of(new Value("Stream", "Stream", List.of())),
                metadata);
    }

    private static EndpointInfo describe(Unary<?, ?> unary) {
        Endpoint<?, ?> endpoint = unary.endpoint();
        return new EndpointInfo(
                endpoint.name(),
                MessageShape.of(endpoint.requestType()),
                MessageShape.of(endpoint.responseType()),
                unary.options().metadata());
    }
}
