package dev.vertxmicro.server.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.events.EventOutcome;
import dev.vertxmicro.server.events.Subscribers;
import dev.vertxmicro.server.handlers.CalledOnce;
import dev.vertxmicro.server.handlers.DeadlineWatch;
import dev.vertxmicro.server.handlers.Endpoints;
import dev.vertxmicro.server.handlers.HandlerChain;
import dev.vertxmicro.server.handlers.HandlerFailures;
import dev.vertxmicro.server.handlers.NullAnswer;
import dev.vertxmicro.server.handlers.RunningHandler;
import dev.vertxmicro.server.handlers.TimeLeft;
import dev.vertxmicro.server.load.CallGate;
import dev.vertxmicro.server.load.Permit;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into handler calls and what comes of them into responses (go-micro {@code server/rpc_server.go},
 * {@code rpc_codec.go}): content type, endpoint, deadline, errors. Whatever throws or answers null on the way, in our code or a
 * user's: there is a response, and the place that the call held is given back.
 */
final class Dispatch {
    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());

    private final String service;
    private final ServerParts parts;
    private final Endpoints endpoints;
    private final Subscribers subscribers;
    private final HandlerChain chain;
    private final CallGate gate;
    private final DeadlineWatch watch;
    private final HandlerFailures failures;
    private final RepeatedCalls repeated;
    private final RareWarning unreadable;
    /** Made in time, for when nothing else can be. */
    private final Message lastResort;

    Dispatch(
            String service,
            ServerParts parts,
            Endpoints endpoints,
            Subscribers subscribers,
            HandlerChain chain,
            CallGate gate,
            DeadlineWatch watch,
            HandlerFailures failures,
            RepeatedCalls repeated) {
        this.service = service;
        this.parts = parts;
        this.endpoints = endpoints;
        this.subscribers = subscribers;
        this.chain = chain;
        this.gate = gate;
        this.watch = watch;
        this.failures = failures;
        this.repeated = repeated;
        this.unreadable = new RareWarning(LOG, parts.timers());
        this.lastResort = WireCall.failure("", failures.internal().text());
    }

    /**
     * Answers a request.
     *
     * @return the response, when the handler has answered or its time is up; never fails
     */
    Future<Message> dispatch(Message message, Peer peer, Cancellation cancellation) {
        Permit permit = null;
        try {
            if (StreamDispatch.isEnd(message.headers())) {
                return Future.succeededFuture(WireCall.failure(WireCall.id(message.headers()), ServedStream.EOS));
            }
            permit = gate.enter(peer.remote());
            if (!permit.refusal().isEmpty()) {
                MicroException refusal =
                        MicroException.unavailable(service, permit.refusal()).withoutStackTrace();
                return Future.succeededFuture(WireCall.notTaken(WireCall.id(message.headers()), refusal));
            }
            return answer(message, peer, cancellation, permit);
        } catch (Throwable e) {
            if (permit != null) {
                permit.giveBack();
            }
            return Future.succeededFuture(broken(message, peer, e));
        }
    }

    /** Answers what could not be opened, whatever that says. */
    private Message broken(Message message, Peer peer, Throwable failure) {
        try {
            if (failure instanceof CodecException) {
                String detail = "rpc: router cannot decode request: " + failure.getMessage();
                unreadable(peer, detail);
                return refused(message, MicroException.badRequest(service, detail));
            }
            return refused(message, failures.told("a request that was not opened", message.headers(), peer, failure));
        } catch (Throwable again) {
            return lastResort;
        }
    }

    private void unreadable(Peer peer, String detail) {
        unreadable.warn("request from " + peer.remote() + " refused: " + detail);
    }

    /** Answers what could not be opened, or was not to be. */
    private static Message refused(Message message, MicroException error) {
        return WireCall.failure(WireCall.id(message.headers()), error.text());
    }

    private Future<Message> answer(Message message, Peer peer, Cancellation cancellation, Permit permit) {
        Metadata headers = message.headers();
        Envelope envelope = WireCall.envelope(headers, parts.codecs()).orElse(null);
        if (envelope == null) {
            String contentType = headers.value(Headers.CONTENT_TYPE, "");
            MicroException error =
                    MicroException.of(service, 415, parts.codecs().unsupported(contentType));
            return settled(permit, refused(message, failures.counted(error)));
        }
        CallContext received = CallContext.received(
                headers,
                TimeLeft.deadline(headers, Headers.TIMEOUT, parts.timers()),
                cancellation,
                peer,
                gate.draining());
        CallContext context = chain.isEmpty() ? received : HandlerChain.placed(received, permit);
        String topic = headers.value(Headers.TOPIC, "");
        if (!topic.isEmpty()) {
            return event(topic, message, envelope, context, permit);
        }
        WireCall call = WireCall.open(message, envelope);
        Endpoints.Unary<?, ?> unary = endpoints.find(call.endpoint());
        if (unary == null) {
            return refused(missing(call.endpoint()), call, context, permit);
        }
        Endpoints.Call<?, ?> decoded;
        try {
            decoded = unary.decode(envelope.payload(), call.payload());
        } catch (CodecException e) {
            unreadable(peer, call.endpoint() + ": " + e.getMessage());
            MicroException why = MicroException.badRequest(service, String.valueOf(e.getMessage()));
            return refused(why, call, context, permit);
        }
        if (repeated.concern(context)) {
            return answerOnce(decoded, call, context, permit);
        }
        serves(permit, call, context);
        return answer(decoded, call, context, permit);
    }

    /** Refuses what no handler will see, in the sight of the interceptors. */
    private Future<Message> refused(MicroException why, WireCall call, CallContext context, Permit permit) {
        if (chain.isEmpty()) {
            return settled(permit, failure(call, failures.counted(why)));
        }
        return answered(
                chain.refuse(call.endpoint(), call.payload(), context, why),
                call,
                context,
                permit,
                done -> response(done, call, context));
    }

    private static void serves(Permit permit, WireCall call, CallContext context) {
        permit.serves(call.endpoint(), context.hasDeadline() ? context.deadline() : 0);
    }

    private MicroException missing(String endpoint) {
        if (endpoints.findStream(endpoint) == null) {
            return endpoints.unknown(endpoint);
        }
        String detail = endpoint + " streams (expected: a request that opens a stream, with Micro-Stream)";
        return MicroException.badRequest(service, detail);
    }

    private static Future<Message> settled(Permit permit, Message response) {
        permit.giveBack();
        return Future.succeededFuture(response);
    }

    /** An event is its bare payload, whatever the content type; nothing is answered but an error, if there is one. */
    private Future<Message> event(
            String topic, Message message, Envelope envelope, CallContext context, Permit permit) {
        WireCall call = new WireCall(
                Envelope.bare(envelope.payload()), "", WireCall.id(message.headers()), topic, message.body());
        Future<EventOutcome> outcome = Subscribers.deliver(subscribers.of(topic), message, context);
        return answered(
                outcome,
                call,
                context,
                permit,
                taken -> taken.result().succeeded()
                        ? call.acknowledgement()
                        : failure(call, taken.result().error(failure -> failures.told(topic, context, failure))));
    }

    private <Q, R> Future<Message> answer(
            Endpoints.Call<Q, R> decoded, WireCall call, CallContext context, Permit permit) {
        Future<R> answer = Invoker.attempt(() -> decoded.run(context));
        return answered(answer, call, context, permit, done -> response(done, call, context));
    }

    /**
     * Who only waits for another one's answer, or gets a kept one, is no load and says nothing of the pace. Where there are
     * interceptors, each caller has to pass them.
     */
    private <Q, R> Future<Message> answerOnce(
            Endpoints.Call<Q, R> decoded, WireCall call, CallContext context, Permit permit) {
        if (!chain.isEmpty()) {
            return answer(
                    decoded,
                    call,
                    context.withValue(
                            CalledOnce.KEY,
                            new Once(call, permit, decoded.unary().endpoint())),
                    permit);
        }
        return answered(
                once(call, context, permit, decoded::run),
                call,
                context,
                permit,
                done -> done.succeeded()
                        ? call.success(done.result().payload(), done.result().metadata())
                        : failure(call, failures.told(call.endpoint(), context, done.cause())));
    }

    private <R> Future<KeptAnswers.Answer> once(
            WireCall call, CallContext context, Permit permit, Function<CallContext, Future<R>> handler) {
        return repeated.once(call, context, own -> {
            serves(permit, call, context);
            return handler.apply(own).map(done -> encoded(done, call, own));
        });
    }

    /** Gives the interceptors what was kept as they know answers. */
    private final class Once implements CalledOnce {
        private final WireCall call;
        private final Permit permit;
        private final Endpoint<?, ?> endpoint;

        Once(WireCall call, Permit permit, Endpoint<?, ?> endpoint) {
            this.call = call;
            this.permit = permit;
            this.endpoint = endpoint;
        }

        @Override
        @SuppressWarnings("unchecked") // the handler is that of the endpoint
        public <R> Future<R> answer(CallContext context, Function<CallContext, Future<R>> handler) {
            Class<R> type = (Class<R>) endpoint.responseType();
            return once(call, context, permit, handler).map(kept -> {
                kept.metadata().forEach((name, value) -> {
                    if (!context.responseMetadata().all(name).contains(value)) {
                        context.addResponseMetadata(name, value);
                    }
                });
                return call.envelope().payload().decode(kept.payload(), type);
            });
        }
    }

    private <R> KeptAnswers.Answer encoded(@Nullable R answer, WireCall call, CallContext context) {
        if (answer == null) {
            throw new NullAnswer();
        }
        Buffer payload = payload(answer, call);
        if (payload == null) {
            throw new CodecException("codec of " + call.contentType() + " answered null", null);
        }
        return new KeptAnswers.Answer(payload, context.responseMetadata());
    }

    private Buffer payload(Object answer, WireCall call) {
        try {
            return call.envelope().payload().encode(answer);
        } catch (CodecException e) {
            throw MicroException.internal(service, "Unable to encode body: " + e.getMessage());
        }
    }

    /** Responds at once if the handler has answered, else when it has, or when its time is up. */
    private <R> Future<Message> answered(
            Future<R> answer,
            WireCall call,
            CallContext context,
            Permit permit,
            Function<AsyncResult<R>, Message> toResponse) {
        Cancellation cancellation = context.cancellation();
        if (answer.isComplete() && !permit.isAtWork()) {
            Message response = response(call, context, answer, toResponse);
            if (permit.giveBack() && cancellation.isCancelled()) {
                gate.late();
            }
            return Future.succeededFuture(response);
        }
        Promise<Message> response = Promise.promise();
        RunningHandler handler = RunningHandler.attend(
                watch,
                permit,
                call.endpoint(),
                context,
                late -> response.tryComplete(failure(call, failures.counted(late))));
        answer.onComplete(done -> {
            Message last = response(call, context, done, toResponse);
            if (!handler.ended()) {
                gate.late();
                LOG.log(System.Logger.Level.DEBUG, "late answer of {0} dropped", call.endpoint());
            }
            response.tryComplete(last);
        });
        return response.future();
    }

    private <R> Message response(
            WireCall call, CallContext context, AsyncResult<R> done, Function<AsyncResult<R>, Message> toResponse) {
        try {
            return toResponse.apply(done);
        } catch (Throwable e) {
            return broken(call, context, e);
        }
    }

    private Message broken(WireCall call, CallContext context, Throwable failure) {
        try {
            return failure(call, failures.told(call.endpoint(), context, failure));
        } catch (Throwable again) {
            return lastResort;
        }
    }

    private <R> Message response(AsyncResult<R> done, WireCall call, CallContext context) {
        if (done.failed()) {
            return failure(call, failures.told(call.endpoint(), context, done.cause()));
        }
        R answer = done.result();
        if (answer == null) {
            return failure(call, failures.told(call.endpoint(), context, new NullAnswer()));
        }
        return call.success(payload(answer, call), context.responseMetadata());
    }

    private static Message failure(WireCall call, MicroException error) {
        return call.failure(error);
    }
}
