package dev.vertxmicro.client.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;

/** Reads a response, and tells an error, and a refusal in plain text, from a message. */
final class ResponseBody {
    private static final String REFUSAL = "Unsupported Content-Type: ";

    private ResponseBody() {}

    /**
     * Decodes with the envelope of the request, as go-micro does, whatever content type the response names.
     *
     * @throws MicroException if it is an error of the server
     * @throws CodecException if it cannot be read
     */
    static <R> R decode(Envelope envelope, Message response, Class<R> type) {
        Metadata headers = response.headers();
        String error = headers.value(Headers.ERROR, "");
        if (!error.isEmpty()) {
            throw MicroException.parse(error);
        }
        refuse(response);
        Envelope.Opened opened = envelope.open(headers, response.body());
        if (!opened.error().isEmpty()) {
            throw MicroException.parse(opened.error());
        }
        R body = envelope.payload().decode(opened.payload(), type);
        if (body == null) {
            throw new CodecException("response: null (expected: " + type.getName() + ")", null);
        }
        return body;
    }

    /** A Go server that does not know the content type says so as text, without any {@code Micro-Error}. */
    private static void refuse(Message response) {
        if (response.headers().value(Headers.CONTENT_TYPE, "").startsWith("text/plain")
                && response.body().length() < 1024) {
            String text = response.body().toString();
            if (text.startsWith(REFUSAL)) {
                throw new CodecException("server answered: " + text.strip(), null);
            }
        }
    }
}
