package dev.vertxmicro.codec.envelope;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;

/**
 * Bare protobuf whose service and endpoint stand in headers of the RPC framework Mercury (go-plugins {@code codec/mercury}, which
 * left that repository before go-micro 1.0). Errors are go-micro's.
 */
public final class MercuryEnvelope implements Envelope {
    public static final MercuryEnvelope INSTANCE = new MercuryEnvelope();

    private static final String SERVICE = "Service";
    private static final String ENDPOINT = "Endpoint";
    /** What Mercury's transport called the kind of a message; not an encoding in the sense of HTTP. */
    private static final String KIND = "Content-Encoding";

    private MercuryEnvelope() {}

    @Override
    public String contentType() {
        return "application/x-protobuf";
    }

    @Override
    public Codec payload() {
        return Codec.protobuf();
    }

    @Override
    public Buffer request(String id, String method, Buffer payload) {
        return payload;
    }

    @Override
    public Buffer response(String id, String error, Buffer payload) {
        return payload;
    }

    @Override
    public Opened open(Metadata headers, Buffer body) {
        return new Opened("", headers.value(ENDPOINT, ""), "", body);
    }

    @Override
    public void addRequestHeaders(Metadata.Builder headers, String service, String method) {
        headers.add(KIND, "request").add(SERVICE, service).add(ENDPOINT, method);
    }

    @Override
    public void addResponseHeaders(Metadata.Builder headers) {
        headers.add(KIND, "response");
    }
}
