package dev.vertxmicro.server;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into handler calls and what comes of them into responses (go-micro {@code server/rpc_server.go},
 * {@code rpc_codec.go}): content type, endpoint, deadline, errors.
 */
final class Dispatch {
    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());
    private static final Buffer EMPTY = Buffer.buffer();

    private final String service;
    private final ServerParts parts;
    private final Endpoints endpoints;
    private final CallGate gate;

    Dispatch(String service, ServerParts parts, Endpoints endpoints, CallGate gate) {
        this.service = service;
        this.parts = parts;
        this.endpoints = endpoints;
        this.gate = gate;
    }

    Future<Message> dispatch(Message message, Peer peer, Cancellation cancellation) {
        Metadata headers = message.headers();
        String id = headers.value(Headers.ID, "");
        String refusal = gate.enter();
        if (!refusal.isEmpty()) {
            return failure(id, MicroException.unavailable(service, refusal).withoutStackTrace());
        }
        Future<Message> response;
        try {
            response = answer(message, id, peer, cancellation);
        } catch (CodecException e) {
            response = failure(id, MicroException.badRequest(service, String.valueOf(e.getMessage())));
        }
        return response.onComplete(done -> gate.leave());
    }

    private Future<Message> answer(Message message, String id, Peer peer, Cancellation cancellation) {
        Metadata headers = message.headers();
        String contentType = headers.value(Headers.CONTENT_TYPE, "application/protobuf");
        Codec codec = parts.codecs().find(contentType).orElse(null);
        if (codec == null) {
            return failure(id, MicroException.of(service, 415, parts.codecs().unsupported(contentType)));
        }
        String name = headers.value(Headers.ENDPOINT, "");
        if (name.isEmpty()) {
            name = headers.value(Headers.METHOD, "");
        }
        Endpoints.Unary<?, ?> unary = endpoints.find(name);
        if (unary == null && endpoints.isStream(name)) {
            return failure(
                    id, MicroException.notImplemented(service, name + " is a stream, which this server lists only"));
        }
        if (unary == null) {
            return failure(id, endpoints.unknown(name));
        }
        CallContext context = CallContext.received(headers, deadline(headers), cancellation, peer);
        return answer(unary.decode(codec, message.body()), codec, id, context);
    }

    private <Q, R> Future<Message> answer(Endpoints.Call<Q, R> call, Codec codec, String id, CallContext context) {
        Future<R> answer;
        try {
            answer = parts.invoker().invoke(() -> call.run(context));
        } catch (RuntimeException | Error e) {
            return failure(id, hidden(call.unary().endpoint().name(), e));
        }
        return answer.transform(result -> {
            if (result.succeeded()) {
                return success(id, codec, result.result(), context);
            }
            return failure(id, hidden(call.unary().endpoint().name(), result.cause()));
        });
    }

    private Future<Message> success(String id, Codec codec, @Nullable Object answer, CallContext context) {
        if (answer == null) {
            return failure(id, MicroException.internal(service, "handler answered null"));
        }
        Buffer body;
        try {
            body = codec.encode(answer);
        } catch (CodecException e) {
            return failure(id, MicroException.internal(service, "Unable to encode body: " + e.getMessage()));
        }
        Metadata extra = context.responseMetadata();
        Metadata.Builder headers = Metadata.builder(extra.size() + 3)
                .add(Headers.CONTENT_TYPE, codec.contentType())
                .addAll(extra);
        return Future.succeededFuture(new Message(identified(headers, id).build(), body));
    }

    private Future<Message> failure(String id, MicroException error) {
        String text = error.getMessage();
        Metadata.Builder headers = Metadata.builder(4).add(Headers.ERROR, text).add("X-" + Headers.ERROR, text);
        return Future.succeededFuture(new Message(identified(headers, id).build(), EMPTY));
    }

    private static Metadata.Builder identified(Metadata.Builder headers, String id) {
        return id.isEmpty() ? headers : headers.add(Headers.ID, id).add("X-Micro-Id", id);
    }

    /** A MicroException is meant for the caller; of anything else the caller learns nothing but that it happened. */
    private MicroException hidden(String endpoint, Throwable failure) {
        if (failure instanceof MicroException error) {
            return error;
        }
        LOG.log(System.Logger.Level.ERROR, "handler of " + endpoint + " failed", failure);
        return MicroException.internal(service, "internal error").withoutStackTrace();
    }

    private long deadline(Metadata headers) {
        String timeout = headers.value(Headers.TIMEOUT, "");
        if (timeout.isEmpty()) {
            return CallContext.NO_DEADLINE;
        }
        try {
            long nanos = Long.parseLong(timeout);
            return nanos < 0 ? CallContext.NO_DEADLINE : saturatedSum(parts.timers(), nanos);
        } catch (NumberFormatException ignoredAsGoDoes) {
            return CallContext.NO_DEADLINE;
        }
    }

    private static long saturatedSum(Timers timers, long nanos) {
        return nanos > Long.MAX_VALUE / 4 ? CallContext.NO_DEADLINE : timers.nanoTime() + nanos;
    }
}
