package dev.vertxmicro.client.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Fault;
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

    /**
     * Tells whether a response says that no go-micro peer wrote it: a page of a proxy for one. Go's peers write plain text where they
     * refuse a content type.
     */
    static boolean foreign(Envelope envelope, Metadata headers, Codecs codecs) {
        String named = headers.value(Headers.CONTENT_TYPE, "");
        if (named.isEmpty() || named.equals(envelope.contentType()) || headers.contains(Headers.ERROR)) {
            return false;
        }
        String type = Codecs.withoutParameters(named);
        return type.startsWith("text/")
                ? !type.equals("text/plain")
                : codecs.find(type).isEmpty();
    }

    /** Tells whether a response cannot be read at all. */
    static boolean unreadable(Envelope envelope, Message response, Class<?> type) {
        try {
            decode(envelope, response, type);
            return false;
        } catch (MicroException sent) {
            return false;
        } catch (Throwable unreadable) {
            return true;
        }
    }

    /** Words that a response is none. */
    static MicroException noAnswer(Envelope envelope, Metadata headers, Throwable unreadable) {
        String named = headers.value(Headers.CONTENT_TYPE, "");
        return MicroException.internal(
                        ClientFailure.ID + ".transport",
                        "no answer but " + named + " (expected: " + envelope.contentType() + "): "
                                + unreadable.getMessage())
                .withCause(unreadable)
                .withFault(Fault.BROKEN);
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
