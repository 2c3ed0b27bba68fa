package dev.vertxmicro.server;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
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
    private static final RareWarnings FAILED = RareWarnings.of(LOG);

    private final String service;
    private final ServerParts parts;
    private final Endpoints endpoints;
    private final Subscribers subscribers;
    private final CallGate gate;
    private final RareWarning unreadable;

    Dispatch(String service, ServerParts parts, Endpoints endpoints, Subscribers subscribers, CallGate gate) {
        this.service = service;
        this.parts = parts;
        this.endpoints = endpoints;
        this.subscribers = subscribers;
        this.gate = gate;
        this.unreadable = new RareWarning(LOG, parts.timers());
    }

    Future<Message> dispatch(Message message, Peer peer, Cancellation cancellation) {
        if (StreamDispatch.isEnd(message.headers())) {
            return Future.succeededFuture(WireCall.failure(WireCall.id(message.headers()), ServedStream.EOS));
        }
        String refusal = gate.enter();
        if (!refusal.isEmpty()) {
            return refused(message, MicroException.unavailable(service, refusal).withoutStackTrace());
        }
        Future<Message> response;
        try {
            response = answer(message, peer, cancellation);
        } catch (CodecException e) {
            String detail = "rpc: router cannot decode request: " + e.getMessage();
            unreadable(peer, detail);
            response = refused(message, MicroException.badRequest(service, detail));
        }
        return response.onComplete(done -> {
            if (cancellation.isCancelled()) {
                gate.late();
                LOG.log(System.Logger.Level.DEBUG, "late answer dropped: {0} has gone", peer.remote());
            }
            gate.leave();
        });
    }

    private void unreadable(Peer peer, String detail) {
        unreadable.warn("request from " + peer.remote() + " refused: " + detail);
    }

    /** Answers what could not be opened, or was not to be. */
    private static Future<Message> refused(Message message, MicroException error) {
        return Future.succeededFuture(WireCall.failure(WireCall.id(message.headers()), error.getMessage()));
    }

    private Future<Message> answer(Message message, Peer peer, Cancellation cancellation) {
        Metadata headers = message.headers();
        Envelope envelope = WireCall.envelope(headers, parts.codecs()).orElse(null);
        if (envelope == null) {
            String contentType = headers.value(Headers.CONTENT_TYPE, "");
            return refused(
                    message, MicroException.of(service, 415, parts.codecs().unsupported(contentType)));
        }
        String topic = headers.value(Headers.TOPIC, "");
        if (!topic.isEmpty()) {
            CallContext context = CallContext.received(headers, deadline(headers, Headers.TIMEOUT), cancellation, peer);
            return event(topic, message, envelope, context);
        }
        WireCall call = WireCall.open(message, envelope);
        Endpoints.Unary<?, ?> unary = endpoints.find(call.endpoint());
        if (unary == null && endpoints.findStream(call.endpoint()) != null) {
            String detail = call.endpoint() + " streams (expected: a request that opens a stream, with Micro-Stream)";
            return failure(call, MicroException.badRequest(service, detail));
        }
        if (unary == null) {
            return failure(call, endpoints.unknown(call.endpoint()));
        }
        CallContext context = CallContext.received(headers, deadline(headers, Headers.TIMEOUT), cancellation, peer);
        Endpoints.Call<?, ?> decoded;
        try {
            decoded = unary.decode(envelope.payload(), call.payload());
        } catch (CodecException e) {
            unreadable(peer, call.endpoint() + ": " + e.getMessage());
            return failure(call, MicroException.badRequest(service, String.valueOf(e.getMessage())));
        }
        return answer(decoded, call, context);
    }

    /** An event is its bare payload, whatever the content type; nothing is answered but an error, if there is one. */
    private Future<Message> event(String topic, Message message, Envelope envelope, CallContext context) {
        WireCall call = new WireCall(
                Envelope.bare(envelope.payload()), "", WireCall.id(message.headers()), topic, message.body());
        return Subscribers.deliver(subscribers.of(topic), message, context, parts.invoker())
                .compose(outcome -> outcome.succeeded()
                        ? Future.succeededFuture(call.acknowledgement())
                        : failure(call, outcome.error(topic, this::hidden)));
    }

    private <Q, R> Future<Message> answer(Endpoints.Call<Q, R> decoded, WireCall call, CallContext context) {
        Future<R> answer;
        try {
            answer = parts.invoker().invoke(() -> decoded.run(context));
        } catch (RuntimeException | Error e) {
            return failure(call, hidden(call.endpoint(), e));
        }
        return answer.transform(result -> {
            if (result.succeeded()) {
                return success(call, result.result(), context);
            }
            return failure(call, hidden(call.endpoint(), result.cause()));
        });
    }

    private Future<Message> success(WireCall call, @Nullable Object answer, CallContext context) {
        if (answer == null) {
            return failure(call, MicroException.internal(service, "handler answered null"));
        }
        Buffer payload;
        try {
            payload = call.envelope().payload().encode(answer);
        } catch (CodecException e) {
            return failure(call, MicroException.internal(service, "Unable to encode body: " + e.getMessage()));
        }
        return Future.succeededFuture(call.success(payload, context.responseMetadata()));
    }

    private static Future<Message> failure(WireCall call, MicroException error) {
        return Future.succeededFuture(call.failure(error.getMessage()));
    }

    /** A MicroException is meant for the caller; of anything else the caller learns nothing but that it happened. */
    MicroException hidden(String endpoint, Throwable failure) {
        if (failure instanceof MicroException error) {
            return error;
        }
        FAILED.about(endpoint).error("handler of " + endpoint + " failed", failure);
        return MicroException.internal(service, "internal error").withoutStackTrace();
    }

    /** Reads the remaining time from a header; what is no number is ignored, as Go does. */
    long deadline(Metadata headers, String name) {
        String timeout = headers.value(name, "");
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
