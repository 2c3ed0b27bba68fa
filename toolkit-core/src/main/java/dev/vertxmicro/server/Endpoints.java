package dev.vertxmicro.server;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.EndpointInfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of a server and their handlers, found by name (go-micro {@code server/rpc_router.go}). */
final class Endpoints {

    /** A unary handler with its signature. */
    record Unary<Q, R>(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions options) {

        /** Decodes the request; the rest of the call is in the returned step. */
        Call<Q, R> decode(Codec codec, Buffer body) {
            return new Call<>(this, codec.decode(body, endpoint.requestType()));
        }
    }

    /** A decoded request with the handler that answers it. */
    record Call<Q, R>(Unary<Q, R> unary, Q request) {
        Future<R> run(CallContext context) {
            return unary.handler().handle(request, context);
        }
    }

    private final Map<String, Unary<?, ?>> byName = new HashMap<>();

    void add(Unary<?, ?> unary) {
        String name = unary.endpoint().name();
        if (unary.endpoint().kind() != Endpoint.Kind.UNARY) {
            throw new IllegalArgumentException("endpoint: " + name + " streams (expected: a unary endpoint)");
        }
        if (byName.putIfAbsent(name, unary) != null) {
            throw new IllegalArgumentException(
                    "endpoint: " + name + " has a handler (expected: one handler an endpoint)");
        }
    }

    @Nullable
    Unary<?, ?> find(String name) {
        return byName.get(name);
    }

    /** Words the error for a name without a handler as go-micro's router does: plain text. */
    MicroException unknown(String name) {
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1 || name.indexOf('.', dot + 1) >= 0) {
            return MicroException.parse("rpc: service/endpoint request ill-formed: " + name);
        }
        String service = name.substring(0, dot);
        boolean known = byName.keySet().stream().anyMatch(endpoint -> endpoint.startsWith(service + "."));
        return MicroException.parse(
                known ? "rpc: can't find method " + name.substring(dot + 1) : "rpc: can't find service " + service);
    }

    /** Lists the endpoints for the registry, sorted by name; internal ones are left out. */
    List<EndpointInfo> describe() {
        return new TreeMap<>(byName)
                .values().stream()
                        .filter(unary -> !unary.options().internal())
                        .map(Endpoints::describe)
                        .toList();
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
