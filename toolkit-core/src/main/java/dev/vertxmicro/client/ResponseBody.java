package dev.vertxmicro.client;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import java.nio.charset.StandardCharsets;

/** Reads the body of a response, and tells a refusal in plain text from a message. */
final class ResponseBody {
    private ResponseBody() {}

    /**
     * Decodes with the codec of the request, as go-micro does, unless the server answered in plain text: a Go server says so
     * that it does not know the content type, without any {@code Micro-Error}.
     */
    static <R> R decode(Codec codec, Message response, Class<R> type) {
        String contentType = response.headers().value(Headers.CONTENT_TYPE, "");
        if (contentType.startsWith("text/plain") && !codec.contentType().startsWith("text/")) {
            throw new CodecException(
                    "server answered: "
                            + response.body().toString(StandardCharsets.UTF_8).strip(),
                    null);
        }
        return codec.decode(response.body(), type);
    }
}
