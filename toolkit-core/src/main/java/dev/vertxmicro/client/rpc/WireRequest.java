package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.WireProtocol;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes on the wire: encoded once, wrapped as each node wants it (go-micro {@code client/rpc_codec.go}). A
 * node that names no {@code protocol} gets the legacy envelope, under its content type; {@code Accept} keeps the usual one.
 */
final class WireRequest {
    private final Request<?, ?> request;
    private final CallContext context;
    private final String timeout;
    private final String id;
    private final String accept;
    private final Framed usual;
    private final Optional<Envelope> legacyEnvelope;
    private @Nullable Framed legacy;

    /**
     * The message for one node, and how its answer comes.
     *
     * @param envelope what request and response are wrapped in
     * @param message  the request
     */
    record Framed(Envelope envelope, Message message) {}

    /**
     * @throws dev.vertxmicro.codec.CodecException if its body cannot be written
     */
    WireRequest(
            Request<?, ?> request, CallContext context, String id, Duration timeout, Envelope envelope, Codecs codecs) {
        this.request = request;
        this.id = id;
        this.accept = envelope.contentType();
        this.context = context;
        this.timeout = Long.toString(timeout.toNanos());
        this.legacyEnvelope = codecs.legacy(accept).filter(other -> replaces(other, envelope));
        this.usual = framed(envelope);
    }

    /** An envelope can stand for a bare body only where it carries the same kind of payload. */
    private static boolean replaces(Envelope legacy, Envelope usual) {
        return !legacy.contentType().equals(usual.contentType())
                && legacy.payload().contentType().equals(usual.payload().contentType());
    }

    private Framed framed(Envelope envelope) {
        String method = request.endpoint().name();
        Object body = Objects.requireNonNull(request.body(), "request: null (expected: a message)");
        Metadata outgoing = context.outgoing();
        Metadata.Builder headers = Metadata.builder(outgoing.size() + 7)
                .add(Headers.TIMEOUT, timeout)
                .add(Headers.CONTENT_TYPE, envelope.contentType())
                .add(Headers.ACCEPT, accept)
                .add(Headers.ID, id)
                .add(Headers.SERVICE, request.service())
                .add(Headers.METHOD, method)
                .add(Headers.ENDPOINT, method);
        request.options().idempotencyKey().ifPresent(key -> headers.add(Headers.IDEMPOTENCY_KEY, key));
        envelope.addRequestHeaders(headers, request.service(), method);
        outgoing.forEach((name, value) -> {
            if (!Headers.ofOneMessage(name)) {
                headers.add(name, value);
            }
        });
        Message message = new Message(
                headers.build(), envelope.request(id, method, envelope.payload().encode(body)));
        return new Framed(envelope, message);
    }

    /** Adds what an interceptor has added for one node alone: the message was written for all. */
    static Message carrying(Message message, CallContext all, CallContext one) {
        if (one.outgoing().equals(all.outgoing())) {
            return message;
        }
        Metadata.Builder headers =
                Metadata.builder(message.headers().size() + 2).addAll(message.headers());
        one.outgoing().forEach((name, value) -> {
            if (!Headers.ofOneMessage(name) && !all.outgoing().all(name).contains(value)) {
                headers.set(name, value);
            }
        });
        return new Message(headers.build(), message.body());
    }

    /**
     * Gives the message for a node.
     *
     * @throws dev.vertxmicro.codec.CodecException if the body cannot be written as that node wants it
     * @throws MicroException if the node says that it speaks something else than we do
     */
    Framed to(Node node, WireProtocol protocol) {
        if (!protocol.isSpokenBy(node)) {
            throw MicroException.internal("go.micro.client", protocol.refusal(node))
                    .withoutStackTrace();
        }
        if (legacyEnvelope.isEmpty()
                || !node.metadata().getOrDefault("protocol", "").isEmpty()) {
            return usual;
        }
        Framed known = legacy;
        if (known == null) {
            known = framed(legacyEnvelope.get());
            legacy = known;
        }
        return known;
    }
}
