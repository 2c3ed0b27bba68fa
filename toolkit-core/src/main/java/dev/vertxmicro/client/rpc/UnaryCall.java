package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** One call on its way: over when it is answered, or when its time is. */
final class UnaryCall<R> extends Attempts<Message, Response<R>> {
    private final Request<?, R> request;

    UnaryCall(RpcClient client, CallContext context, Request<?, R> request) {
        super(client, context, request);
        this.request = request;
    }

    @Override
    Duration timeout(Duration left, Duration own) {
        return Durations.shorter(left, own);
    }

    @Override
    boolean isTimed() {
        return true;
    }

    @Override
    String expired() {
        return "call timeout: context deadline exceeded";
    }

    @Override
    Future<Message> send(Node node, Message message, CallContext attempt) {
        return client.parts().transport().request(node.address(), message, attempt);
    }

    @Override
    boolean opensStream() {
        return false;
    }

    @Override
    Outcome outcome(Envelope envelope, Message response) {
        if (response == null) {
            return Outcome.ANSWERED;
        }
        if (notTaken(response.headers()) && !response.headers().contains(Headers.RETRY_AFTER)) {
            return Outcome.NOT_TAKEN;
        }
        boolean none = foreign(envelope, response)
                && ResponseBody.unreadable(
                        envelope, response, request.endpoint().responseType());
        return none ? Outcome.BROKEN : Outcome.ANSWERED;
    }

    private boolean foreign(Envelope envelope, Message response) {
        return ResponseBody.foreign(envelope, response.headers(), client.parts().codecs());
    }

    private static boolean notTaken(Metadata headers) {
        return headers.contains(Headers.ERROR) && headers.contains(Headers.NOT_TAKEN);
    }

    @Override
    void answered(Envelope envelope, Message response) {
        R body;
        try {
            body = ResponseBody.decode(envelope, response, request.endpoint().responseType());
        } catch (MicroException sent) {
            Metadata headers = response.headers();
            MicroException error = ClientFailure.told(notTaken(headers) ? sent.asNotTaken() : sent, headers);
            repeatOrFail(track.named(error, headers.value(Headers.ERROR_VIA, "")));
            return;
        } catch (Throwable unreadable) {
            if (response != null && foreign(envelope, response)) {
                repeatOrFail(ResponseBody.noAnswer(envelope, response.headers(), unreadable));
            } else {
                fail(ClientFailure.codec(unreadable));
            }
            return;
        }
        end(new Response<>(body, response.headers()), null);
    }

    @Override
    Optional<HedgeOptions> hedge() {
        return client.settings().hedge(request);
    }

    @Override
    void late(Message response) {
        client.answeredLate(request.endpoint().name());
    }

    @Override
    void drop(Message response, MicroException why) {
        // holds nothing
    }

    @Override
    void repeated() {
        client.retried();
    }

    @Override
    void leave() {
        client.finished();
    }
}
