package dev.vertxmicro.codec;

import dev.vertxmicro.codec.envelope.BareEnvelope;
import dev.vertxmicro.codec.envelope.JsonRpcEnvelope;
import dev.vertxmicro.codec.envelope.MercuryEnvelope;
import dev.vertxmicro.codec.envelope.ProtoRpcEnvelope;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;

/**
 * How the messages of a content type lie in the body: bare, or wrapped together with id, method and error (go-micro {@code
 * codec/protorpc}, {@code codec/jsonrpc}). The payload inside is the business of {@link #payload()}.
 *
 * <p>A bare content type is an envelope that adds nothing, so that callers need not tell them apart. Stateless; may be used
 * concurrently from any thread.
 */
public interface Envelope {

    /**
     * Makes the envelope of a content type whose body is the message and nothing else.
     *
     * @param codec writes and reads the message
     * @return the envelope
     */
    static Envelope bare(Codec codec) {
        return new BareEnvelope(codec);
    }

    /**
     * The envelope of {@code application/proto-rpc}: two netstrings, a protobuf head and the protobuf message.
     *
     * @return the envelope
     */
    static Envelope protoRpc() {
        return ProtoRpcEnvelope.INSTANCE;
    }

    /**
     * The envelope of {@code application/json-rpc}, with protobuf messages written so. Towards a Go peer, which reads it by {@code
     * encoding/json}, only the defaults work; an {@code Any} is the struct of its type and its bytes.
     *
     * @param options names, numbers and types
     * @return the envelope
     */
    static Envelope jsonRpc(JsonOptions options) {
        return JsonRpcEnvelope.of(options);
    }

    /**
     * The envelope of {@code application/json-rpc}: JSON-RPC 1.0 with one parameter.
     *
     * @return the envelope
     */
    static Envelope jsonRpc() {
        return JsonRpcEnvelope.INSTANCE;
    }

    /**
     * The envelope of {@code application/x-protobuf}: bare protobuf under the headers of the RPC framework Mercury.
     *
     * @return the envelope
     */
    static Envelope mercury() {
        return MercuryEnvelope.INSTANCE;
    }

    /**
     * Names the content type.
     *
     * @return the type, without parameters, as it is sent
     */
    String contentType();

    /**
     * Gives the codec of the message inside.
     *
     * @return the codec; its own content type may be another
     */
    Codec payload();

    /**
     * Wraps a request.
     *
     * @param id      number of the call, as in {@code Micro-Id}, perhaps empty
     * @param method  the endpoint, {@code Greeter.Hello}
     * @param payload the encoded message
     * @return the body; the payload itself where nothing is added
     */
    Buffer request(String id, String method, Buffer payload);

    /**
     * Wraps a response.
     *
     * @param id      number of the call, perhaps empty
     * @param error   what goes into {@code Micro-Error}, empty for success
     * @param payload the encoded message, empty with an error
     * @return the body; the payload itself where nothing is added
     */
    Buffer response(String id, String error, Buffer payload);

    /**
     * Unwraps a request or a response.
     *
     * @param headers those of the message
     * @param body    its body; an empty one is an envelope of which nothing is known
     * @return what was found in it; the payload shares memory with the body
     * @throws CodecException if the body is no such envelope
     */
    Opened open(Metadata headers, Buffer body);

    /**
     * Adds the headers that this envelope needs on a request beside go-micro's own. Most need none.
     *
     * @param headers of the request
     * @param service the called service
     * @param method  the endpoint
     */
    default void addRequestHeaders(Metadata.Builder headers, String service, String method) {}

    /**
     * Adds the headers that this envelope needs on a response. Most need none.
     *
     * @param headers of the response
     */
    default void addResponseHeaders(Metadata.Builder headers) {}

    /**
     * What was found in an envelope. Where a field is empty, the header of that name says it.
     *
     * @param id      number of the call
     * @param method  the endpoint
     * @param error   the error, empty for success
     * @param payload the encoded message
     */
    record Opened(String id, String method, String error, Buffer payload) {}
}
