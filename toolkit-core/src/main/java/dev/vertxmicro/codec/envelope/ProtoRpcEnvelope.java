package dev.vertxmicro.codec.envelope;

import com.google.protobuf.CodedInputStream;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Two netstrings, each four bytes of length, big-endian, and as many bytes (go-micro {@code codec/protorpc}). The first is a
 * protobuf message: 1 method, 2 number of the call as fixed64, 3 error; the second is the payload.
 *
 * <p>A call whose id is no decimal number has number 0, so number 0 says nothing of the id.
 */
public final class ProtoRpcEnvelope implements Envelope {
    public static final ProtoRpcEnvelope INSTANCE = new ProtoRpcEnvelope();

    private static final byte METHOD = 0x0a;
    private static final byte NUMBER = 0x11;
    private static final byte ERROR = 0x1a;
    private static final int NUMBER_SIZE = 9;
    private static final byte[] NOTHING = new byte[0];

    private ProtoRpcEnvelope() {}

    @Override
    public String contentType() {
        return "application/proto-rpc";
    }

    @Override
    public Codec payload() {
        return Codec.protobuf();
    }

    @Override
    public Buffer request(String id, String method, Buffer payload) {
        byte[] name = method.getBytes(StandardCharsets.UTF_8);
        int head = NUMBER_SIZE + textSize(name);
        Buffer body = Buffer.buffer(8 + head + payload.length()).appendInt(head);
        appendText(body, METHOD, name);
        body.appendByte(NUMBER).appendLongLE(number(id));
        return body.appendInt(payload.length()).appendBuffer(payload);
    }

    /** Go sends the method empty and the error always, empty or not. */
    @Override
    public Buffer response(String id, String error, Buffer payload) {
        byte[] text = error.getBytes(StandardCharsets.UTF_8);
        int head = NUMBER_SIZE + textSize(NOTHING) + textSize(text);
        Buffer body = Buffer.buffer(8 + head + payload.length()).appendInt(head);
        appendText(body, METHOD, NOTHING);
        body.appendByte(NUMBER).appendLongLE(number(id));
        appendText(body, ERROR, text);
        return body.appendInt(payload.length()).appendBuffer(payload);
    }

    private static int textSize(byte[] text) {
        int size = 2 + text.length;
        for (int rest = text.length; rest >= 0x80; rest >>>= 7) {
            size++;
        }
        return size;
    }

    private static void appendText(Buffer body, byte tag, byte[] text) {
        body.appendByte(tag);
        int rest = text.length;
        for (; rest >= 0x80; rest >>>= 7) {
            body.appendByte((byte) (rest | 0x80));
        }
        body.appendByte((byte) rest).appendBytes(text);
    }

    private static long number(String id) {
        try {
            return id.isEmpty() ? 0 : Long.parseLong(id);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    @Override
    public Opened open(Metadata headers, Buffer body) {
        if (body.length() == 0) {
            return new Opened("", "", "", body);
        }
        int headEnd = end(body, 0);
        int payloadEnd = end(body, headEnd);
        return head(body.getBytes(4, headEnd), body.slice(headEnd + 4, payloadEnd));
    }

    /** Finds the end of the netstring that begins here. */
    private static int end(Buffer body, int start) {
        int left = body.length() - start - 4;
        if (left < 0) {
            throw new CodecException("proto-rpc: unexpected EOF", null);
        }
        int length = body.getInt(start);
        if (length < 0 || length > left) {
            String announced = Integer.toUnsignedString(length);
            throw new CodecException(
                    "proto-rpc: unexpected EOF: netstring of " + announced + " bytes, " + left + " there", null);
        }
        return start + 4 + length;
    }

    private static Opened head(byte[] bytes, Buffer payload) {
        String method = "";
        String error = "";
        long number = 0;
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == METHOD) {
                    method = in.readString();
                } else if (tag == NUMBER) {
                    number = in.readFixed64();
                } else if (tag == ERROR) {
                    error = in.readString();
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new CodecException("proto-rpc: " + e.getMessage(), e);
        }
        return new Opened(number == 0 ? "" : Long.toUnsignedString(number), method, error, payload);
    }
}
