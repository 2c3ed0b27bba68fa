package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.receiving.RequestReader.Request;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.broker.http.wire.WireMessage;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the message of a request and hands it to the subscribers of its node. Each request is answered, whatever throws, unless its
 * subscribers never settle it; then its share of memory is given back. Used on the context of the broker.
 */
public final class MessageDispatch {
    private final BiFunction<String, WireMessage, Optional<Handover>> subscribers;

    /**
     * Makes one.
     *
     * @param subscribers hands a message to the subscribers of a node; empty if there are none
     */
    public MessageDispatch(BiFunction<String, WireMessage, Optional<Handover>> subscribers) {
        this.subscribers = subscribers;
    }

    /**
     * Serves a request.
     *
     * @param answer   takes the answer, once
     * @param complain takes what is to be logged: of what, and what of it
     * @return the handover, if there is one: no other message before it is accepted
     */
    @Nullable
    Handover serve(Request request, Consumer<HttpAnswer> answer, BiConsumer<String, String> complain) {
        Consumer<HttpAnswer> last = given -> {
            request.share().close();
            answer.accept(given);
        };
        try {
            return dispatch(request, last, complain);
        } catch (RuntimeException | Error e) {
            complain.accept("message", "not taken: " + e);
            last.accept(HttpAnswer.failed("message not taken"));
            return null;
        }
    }

    private @Nullable Handover dispatch(
            Request request, Consumer<HttpAnswer> answer, BiConsumer<String, String> complain) {
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        Optional<Generation> form = Generation.ofPath(path);
        if (form.isEmpty()) {
            answer.accept(HttpAnswer.NOT_FOUND);
        } else if (!request.method().equals(HttpMethod.POST.name())) {
            answer.accept(HttpAnswer.NOT_POST);
        } else {
            Optional<WireMessage> message = read(form.get(), request, answer, complain);
            return message.isEmpty() ? null : deliver(request, message.get(), answer);
        }
        return null;
    }

    private static Optional<WireMessage> read(
            Generation form, Request request, Consumer<HttpAnswer> answer, BiConsumer<String, String> complain) {
        try {
            WireMessage message = WireMessage.decode(request.body().bytes(), form);
            if (!message.topic().isEmpty()) {
                return Optional.of(message);
            }
            complain.accept("message", "refused: no topic");
            answer.accept(HttpAnswer.NO_TOPIC);
        } catch (CodecException e) {
            String detail = "Error parsing request body: " + e.getMessage();
            complain.accept("message", "refused: " + detail);
            answer.accept(HttpAnswer.failed(detail));
        }
        return Optional.empty();
    }

    private @Nullable Handover deliver(Request request, WireMessage message, Consumer<HttpAnswer> answer) {
        request.body().replacedBy(message.message().body().length());
        Optional<Handover> handover = subscribers.apply(id(request.uri()), message);
        if (handover.isEmpty()) {
            answer.accept(HttpAnswer.UNKNOWN);
            return null;
        }
        handover.get()
                .settled()
                .onComplete(settled -> answer.accept(
                        settled.succeeded() ? HttpAnswer.OK : HttpAnswer.failed(MicroException.text(settled.cause()))));
        return handover.get();
    }

    private static String id(String uri) {
        try {
            List<String> ids = new QueryStringDecoder(uri).parameters().getOrDefault("id", List.of(""));
            return ids.get(0);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
