package dev.vertxmicro.broker.envelope;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.json.GoEscapes;
import dev.vertxmicro.message.Metadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event in go-micro's envelope, {@code {"Header":{…},"Body":"<base64>"}}. Its bytes are those that Go writes for the same
 * event; whatever Go reads is read.
 *
 * @param headers names, their case kept, and values, in the order they came; a view
 * @param body    what was published, a view of an array of its own
 */
public record EventEnvelope(Map<String, String> headers, ByteBuffer body) {
    private static final int EXPECTED_BYTES = 256;
    private static final byte[] END = {'"', '}'};

    /** Makes one. */
    public EventEnvelope {
        headers = Collections.unmodifiableMap(headers);
    }

    /**
     * Reads an event in one pass. As in Go, keys may come in any case and order, others are passed over, {@code null} is empty,
     * and of several values of a header the last counts.
     *
     * @param json the envelope; its position is left alone
     * @return the event
     * @throws CodecException if it is no such envelope; the message says where, and what was expected, in one line
     */
    public static EventEnvelope read(ByteBuffer json) {
        if (json.hasArray()) {
            return new EnvelopeReader(json.array(), json.arrayOffset() + json.position(), json.remaining()).read();
        }
        return new EnvelopeReader(bytes(json), 0, json.remaining()).read();
    }

    /**
     * Writes what stands before the body: the names sorted, as Go has it, the values of one name joined by comma and space.
     *
     * @param headers names and values
     * @return the first part of the envelope
     */
    public static byte[] head(Metadata headers) {
        StringBuilder head = new StringBuilder(EXPECTED_BYTES).append("{\"Header\":{");
        String comma = "";
        for (Map.Entry<String, String> header : new TreeMap<>(headers.toMap()).entrySet()) {
            GoEscapes.quote(head.append(comma), header.getKey());
            GoEscapes.quote(head.append(':'), header.getValue());
            comma = ",";
        }
        return head.append("},\"Body\":\"").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the body and the end, which are the same whatever stands before.
     *
     * @param body what is published; its position is left alone
     * @return the second and last part of the envelope
     */
    public static byte[] tail(ByteBuffer body) {
        byte[] bytes = bytes(body);
        byte[] tail = new byte[(bytes.length + 2) / 3 * 4 + END.length];
        int length = Base64.getEncoder().encode(bytes, tail);
        System.arraycopy(END, 0, tail, length, END.length);
        return tail;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.position() == 0) {
            byte[] whole = buffer.array();
            if (whole.length == buffer.limit()) {
                return whole;
            }
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
