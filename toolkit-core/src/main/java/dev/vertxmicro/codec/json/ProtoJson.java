package dev.vertxmicro.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.JsonOptions;
import dev.vertxmicro.codec.ProtobufJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** Protobuf's JSON mapping, token by token over Jackson. */
public final class ProtoJson implements ProtobufJson {
    private final JsonOptions options;
    private final AnyTypes types;
    private final boolean structs;

    private ProtoJson(JsonOptions options, boolean structs) {
        this.options = options;
        this.types = new AnyTypes(options.types());
        this.structs = structs;
    }

    /** Makes protobuf's own mapping, names and numbers as the options have them. */
    public static ProtoJson of(JsonOptions options) {
        return new ProtoJson(options, false);
    }

    /** Makes a mapping for a peer that reads by {@code encoding/json}, which knows no shape but that of structs. */
    public static ProtoJson structs(JsonOptions options) {
        return new ProtoJson(options, true);
    }

    @Override
    public Buffer encode(MessageOrBuilder message) {
        BufferOutput out = new BufferOutput();
        try (JsonGenerator json = GoJson.FACTORY.createGenerator(out)) {
            new ProtoJsonWriter(json, options, types, structs, message).write(message);
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + message.getDescriptorForType().getFullName() + ": " + firstLine(e), e);
        }
        return out.buffer();
    }

    @Override
    public void decode(Buffer body, Message.Builder into) {
        decode(body.getBytes(), into);
    }

    /** As {@link #decode(Buffer, Message.Builder)}, for bytes that are there already. */
    public void decode(byte[] body, Message.Builder into) {
        try (JsonParser parser = GoJson.FACTORY.createParser(body)) {
            new ProtoJsonReader(parser, body, types, into).read();
        } catch (CodecException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CodecException("json: " + firstLine(e), e);
        }
    }

    /** Gives what Jackson says of a failure, without the place in the source that its further lines name. */
    public static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
