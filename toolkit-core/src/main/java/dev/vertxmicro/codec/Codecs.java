package dev.vertxmicro.codec;

import dev.vertxmicro.codec.payload.TextCodec;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The content types that a client or server knows, each bare or an envelope. Immutable; may be used concurrently.
 *
 * <p>Lookups ignore parameters and case, so that a type with {@code charset} is accepted from anyone; what is sent is always
 * {@link Envelope#contentType()}, which has none: a go-micro peer compares the whole value.
 */
public final class Codecs {
    private static final String JSON_RPC = "application/json-rpc";
    private static final String PROTO_RPC = "application/proto-rpc";

    private static final Codecs STANDARD = new Codecs(Map.of())
            .with(Codec.protobuf())
            .with(Codec.json())
            .with(Codec.octetStream())
            .with(Envelope.protoRpc())
            .with(Envelope.jsonRpc())
            .with(Envelope.mercury());

    /** What a content type meant before go-micro put the envelope's fields into headers (go-micro client/rpc_codec.go). */
    private static final Map<String, String> LEGACY = Map.of(
            "application/json", JSON_RPC,
            "application/json-rpc", JSON_RPC,
            "application/protobuf", PROTO_RPC,
            "application/proto-rpc", PROTO_RPC,
            "application/octet-stream", PROTO_RPC);

    private final Map<String, Envelope> byContentType;

    private Codecs(Map<String, Envelope> byContentType) {
        this.byContentType = byContentType;
    }

    /**
     * Knows protobuf, json, octet-stream and text, bare, and the envelopes proto-rpc, json-rpc and Mercury's.
     *
     * @return the codecs
     */
    public static Codecs standard() {
        return STANDARD;
    }

    /**
     * Returns a copy that knows this codec too, bare, in place of one of the same content type.
     *
     * @param codec the codec
     * @return the copy
     */
    public Codecs with(Codec codec) {
        return with(Envelope.bare(codec));
    }

    /**
     * Returns a copy that knows this envelope too, in place of one of the same content type.
     *
     * @param envelope the envelope
     * @return the copy
     */
    public Codecs with(Envelope envelope) {
        Map<String, Envelope> copy = new TreeMap<>(byContentType);
        copy.put(envelope.contentType(), envelope);
        return new Codecs(Collections.unmodifiableMap(copy));
    }

    /**
     * Returns a copy that writes and reads protobuf messages in JSON so, bare and in json-rpc.
     *
     * <pre>{@code
     * Codecs codecs = Codecs.standard().withJson(JsonOptions.DEFAULTS.withTypes(Set.of(Student.getDescriptor())));
     * }</pre>
     *
     * @param options names, numbers, and the types that an {@code Any} may hold
     * @return the copy
     */
    public Codecs withJson(JsonOptions options) {
        return with(Codec.json(options)).with(Envelope.jsonRpc(options));
    }

    /**
     * Finds how messages of a content type are written and read. Parameters and case are ignored; any {@code text/} type is
     * known.
     *
     * @param contentType such as {@code application/json; charset=utf-8}
     * @return the envelope, or empty
     */
    public Optional<Envelope> find(String contentType) {
        Envelope exact = byContentType.get(contentType);
        if (exact != null) {
            return Optional.of(exact);
        }
        String bare = withoutParameters(contentType);
        Envelope known = byContentType.get(bare);
        if (known == null && bare.startsWith("text/")) {
            return Optional.of(text(bare));
        }
        return Optional.ofNullable(known);
    }

    private static Envelope text(String contentType) {
        return Envelope.bare(new TextCodec(contentType));
    }

    /**
     * Finds the envelope of a content type as peers without a {@code protocol} speak it: protobuf travels as proto-rpc, JSON
     * as json-rpc. Parameters and case are ignored.
     *
     * @param contentType such as {@code application/json}
     * @return the envelope; empty where go-micro has none, and the usual one is spoken
     */
    public Optional<Envelope> legacy(String contentType) {
        return Optional.ofNullable(LEGACY.get(withoutParameters(contentType))).map(byContentType::get);
    }

    /**
     * Gives a content type as it is looked up and sent.
     *
     * @param contentType such as {@code Application/JSON; charset=utf-8}
     * @return the type in lower case, without parameters
     */
    public static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        String bare = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return bare.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Says that a content type is not known, and what can be used.
     *
     * @param contentType the type
     * @return a text for an error's detail
     */
    public String unsupported(String contentType) {
        String why = "Unsupported Content-Type: " + contentType;
        if (withoutParameters(contentType).startsWith("application/grpc")) {
            return why
                    + " (gRPC frames cannot travel over this transport: use application/protobuf here, or gRPC itself)";
        }
        return why + " (supported: " + supported() + ")";
    }

    /**
     * Lists the content types, for errors.
     *
     * @return the types, with commas between
     */
    public String supported() {
        return String.join(", ", byContentType.keySet()) + ", text/*";
    }
}
