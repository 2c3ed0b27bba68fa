package dev.vertxmicro.server.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came on the wire, unwrapped (go-micro {@code server/rpc_codec.go}): which protocol it speaks, its number,
 * its endpoint, its payload; and how to wrap what answers it.
 *
 * @param envelope    what request and response are wrapped in
 * @param contentType what the answer is called: the type of the request, also where a legacy envelope goes under it
 * @param id          number of the call, perhaps empty
 * @param endpoint    {@code Greeter.Hello}, perhaps empty
 * @param payload     the encoded message
 */
record WireCall(Envelope envelope, String contentType, String id, String endpoint, Buffer payload) {
    private static final Buffer EMPTY = Buffer.buffer();

    /**
     * Chooses the envelope. Requests that name neither service, method nor endpoint, and those of clients that know a {@code
     * Micro-Target}, speak the legacy one of their content type.
     *
     * @return the envelope; empty if the content type is not known
     */
    static Optional<Envelope> envelope(Metadata headers, Codecs codecs) {
        String contentType = headers.value(Headers.CONTENT_TYPE, "application/protobuf");
        Optional<Envelope> legacy = isLegacy(headers) ? codecs.legacy(contentType) : Optional.empty();
        return legacy.isPresent() ? legacy : codecs.find(contentType);
    }

    private static boolean isLegacy(Metadata headers) {
        if (has(headers, Headers.PROTOCOL) || has(headers, Headers.TOPIC)) {
            return false;
        }
        boolean addressed =
                has(headers, Headers.ENDPOINT) || has(headers, Headers.METHOD) || has(headers, Headers.SERVICE);
        return !addressed || has(headers, Headers.TARGET);
    }

    private static boolean has(Metadata headers, String name) {
        return !value(headers, name).isEmpty();
    }

    /** Takes the name that older clients use where the usual one is not there. */
    private static String value(Metadata headers, String name) {
        String value = headers.value(name, "");
        return value.isEmpty() ? headers.value("X-" + name, "") : value;
    }

    /** Gives the number of a call for an answer to a request that cannot be opened. */
    static String id(Metadata headers) {
        return value(headers, Headers.ID);
    }

    /** Gives the endpoint that the headers name, empty if only the envelope does. */
    static String endpoint(Metadata headers) {
        String endpoint = value(headers, Headers.ENDPOINT);
        return endpoint.isEmpty() ? value(headers, Headers.METHOD) : endpoint;
    }

    /**
     * Unwraps a request. What stands in the envelope wins over headers, but for {@code Micro-Endpoint}.
     *
     * @throws CodecException if it is no such envelope
     */
    static WireCall open(Message message, Envelope envelope) {
        Metadata headers = message.headers();
        Envelope.Opened opened = envelope.open(headers, message.body());
        String id = opened.id().isEmpty() ? id(headers) : opened.id();
        String endpoint = value(headers, Headers.ENDPOINT);
        if (endpoint.isEmpty()) {
            endpoint = opened.method().isEmpty() ? value(headers, Headers.METHOD) : opened.method();
        }
        return new WireCall(envelope, contentType(headers), id, endpoint, opened.payload());
    }

    private static String contentType(Metadata headers) {
        return Codecs.withoutParameters(headers.value(Headers.CONTENT_TYPE, "application/protobuf"));
    }

    /**
     * Wraps an answer.
     *
     * @param payload  the encoded message
     * @param metadata what the handler added
     * @return the response
     */
    Message success(Buffer payload, Metadata metadata) {
        Metadata.Builder headers = Metadata.builder(metadata.size() + 3).add(Headers.CONTENT_TYPE, contentType);
        envelope.addResponseHeaders(headers);
        metadata.forEach((name, value) -> {
            if (!Headers.ofOneMessage(name)) {
                headers.add(name, value);
            }
        });
        identify(headers, id);
        return new Message(headers.build(), body(payload));
    }

    /**
     * Wraps the payload of an answer.
     *
     * @param payload the encoded message, null if a codec of a user's answers that
     * @return the body
     * @throws CodecException if codec or envelope answer null
     */
    Buffer body(@Nullable Buffer payload) {
        Buffer body = payload == null ? null : envelope.response(id, "", payload);
        if (body == null) {
            throw new CodecException("codec of " + envelope.contentType() + " answered null", null);
        }
        return body;
    }

    /**
     * Wraps an error: in the header, and in the envelope where there is one.
     *
     * @param error its text
     * @return the response
     */
    Message failure(String error) {
        Message bare = failure(id, error);
        Buffer body = envelope.response(id, error, EMPTY);
        return body.length() == 0 ? bare : new Message(bare.headers().with(Headers.CONTENT_TYPE, contentType), body);
    }

    /** Wraps an error, and says which calls led to it. */
    Message failure(MicroException error) {
        Message told = failure(error.text());
        if (error.call().isEmpty() && !error.remote()) { // said of this call, not of one that its handler made
            Message due = error.retryAfter()
                    .map(wait -> new Message(told.headers().with(Headers.RETRY_AFTER, seconds(wait)), told.body()))
                    .orElse(told);
            return error.fault() == Fault.NOT_TAKEN ? notTaken(due) : due;
        }
        return error.call()
                .map(failed -> new Message(told.headers().with(Headers.ERROR_VIA, failed.route()), told.body()))
                .orElse(told);
    }

    /** Counts a second that has begun. */
    private static String seconds(Duration wait) {
        return Long.toString(wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0));
    }

    /** Makes the empty answer to an event. */
    Message acknowledgement() {
        return new Message(identify(Metadata.builder(2), id).build(), EMPTY);
    }

    /** Makes the answer to a request that was not opened. */
    static Message failure(String id, String error) {
        Metadata.Builder headers = Metadata.builder(4).add(Headers.ERROR, error).add("X-" + Headers.ERROR, error);
        return new Message(identify(headers, id).build(), EMPTY);
    }

    /** Makes the answer to a request that was not taken: no handler has seen it, and another node may. */
    static Message notTaken(String id, MicroException error) {
        return notTaken(failure(id, error.text()));
    }

    /** Marks an answer as that of a call which was not taken. */
    static Message notTaken(Message refusal) {
        return new Message(refusal.headers().with(Headers.NOT_TAKEN, "true"), refusal.body());
    }

    private static Metadata.Builder identify(Metadata.Builder headers, String id) {
        return id.isEmpty() ? headers : headers.add(Headers.ID, id).add("X-" + Headers.ID, id);
    }
}
