package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages of the protocol and answers them: version checked, failures as ReplyExceptions that carry the error's
 * JSON.
 */
public final class BusMessages {
    private BusMessages() {}

    /**
     * Listens at an address.
     *
     * @param bus     the event bus
     * @param address where
     * @param shared  true if the whole cluster may send there
     * @param handler gives the body of the reply, or a {@link BusReply}
     * @return the consumer
     */
    public static MessageConsumer<Object> consume(
            EventBus bus, String address, boolean shared, Function<Message<Object>, Future<?>> handler) {
        Handler<Message<Object>> answering = message -> answer(message, handler);
        return shared ? bus.consumer(address, answering) : bus.localConsumer(address, answering);
    }

    /**
     * Answers one message, whatever its handler does.
     *
     * @param message the message
     * @param handler gives the body of the reply, or a {@link BusReply}
     */
    public static void answer(Message<Object> message, Function<Message<Object>, Future<?>> handler) {
        Future<?> answer;
        try {
            checkVersion(message);
            answer = handler.apply(message);
        } catch (MicroException e) {
            answer = Future.failedFuture(e);
        } catch (Exception e) {
            answer = Future.failedFuture(MicroException.badRequest(message.address(), String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            answer = Future.failedFuture(e);
        }
        (answer == null ? Catching.missing("handler of " + message.address()) : answer)
                .onComplete(body -> reply(message, body), failure -> fail(message, failure));
    }

    /** A body that the bus has no codec for must not leave the sender without a reply. */
    private static void reply(Message<Object> message, @Nullable Object body) {
        try {
            if (body instanceof BusReply reply) {
                message.reply(reply.body(), reply.options());
            } else {
                message.reply(body, versioned());
            }
        } catch (Throwable unsendable) {
            fail(message, unsendable);
        }
    }

    private static void fail(Message<Object> message, Throwable failure) {
        MicroException error = MicroException.from(message.address(), failure);
        message.fail(error.code(), error.text());
    }

    /**
     * Refuses messages of another version of the protocol.
     *
     * @param message the message
     * @throws MicroException with code 400 for another version; without one it is taken as this
     */
    public static void checkVersion(Message<?> message) {
        String version = message.headers().get(BusProtocol.VERSION_HEADER);
        if (version != null && !version.equals(BusProtocol.VERSION)) {
            throw MicroException.badRequest(
                    message.address(), BusProtocol.VERSION_HEADER + ": " + version + " (expected: 1)");
        }
    }

    /**
     * Makes options that carry the version.
     *
     * @return the options
     */
    public static DeliveryOptions versioned() {
        return new DeliveryOptions().addHeader(BusProtocol.VERSION_HEADER, BusProtocol.VERSION);
    }

    /**
     * Reads a header that must be there.
     *
     * @param message the message
     * @param name    the header
     * @return its value
     * @throws MicroException with code 400 if it is absent
     */
    public static String required(Message<?> message, String name) {
        String value = message.headers().get(name);
        if (value == null || value.isEmpty()) {
            throw MicroException.badRequest(message.address(), "header " + name + ": absent (expected: a value)");
        }
        return value;
    }

    /**
     * Reads how much time a call has left, of whichever of the two headers is there.
     *
     * @param address where the message was sent, for the error
     * @param headers headers of the message
     * @return the time; empty if none is said
     * @throws MicroException with code 400 if it is no number
     */
    public static Optional<Duration> timeout(String address, MultiMap headers) {
        String alias = headers.get(BusProtocol.MICRO_TIMEOUT);
        String nanos = alias == null ? headers.get(BusProtocol.TIMEOUT) : alias;
        if (nanos == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofNanos(Long.parseLong(nanos)));
        } catch (NumberFormatException e) {
            String name = alias == null ? BusProtocol.TIMEOUT : BusProtocol.MICRO_TIMEOUT;
            throw MicroException.badRequest(
                    address, "header " + name + ": " + nanos + " (expected: nanoseconds, decimal)");
        }
    }

    /**
     * Reads the metadata of a message into a context.
     *
     * @param headers headers of the message
     * @return a context whose outgoing metadata are the headers that begin with {@code md.}
     */
    public static CallContext context(MultiMap headers) {
        CallContext context = CallContext.create();
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().startsWith(BusProtocol.METADATA)) {
                String name = header.getKey().substring(BusProtocol.METADATA.length());
                context = context.withMetadata(name, header.getValue());
            }
        }
        return context;
    }

    /**
     * Writes metadata as headers that begin with {@code md.}.
     *
     * @param metadata the metadata
     * @param options  get the headers
     */
    public static void metadata(Metadata metadata, DeliveryOptions options) {
        metadata.forEach((name, value) -> options.addHeader(BusProtocol.METADATA + name, value));
    }

    /**
     * Reads the metadata of an answer.
     *
     * @param headers headers of the reply
     * @return those that begin with {@code md.}
     */
    public static Metadata metadata(MultiMap headers) {
        Metadata.Builder metadata = null;
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().startsWith(BusProtocol.METADATA)) {
                metadata = metadata == null ? Metadata.builder(2) : metadata;
                metadata.add(header.getKey().substring(BusProtocol.METADATA.length()), header.getValue());
            }
        }
        return metadata == null ? Metadata.EMPTY : metadata.build();
    }

    /**
     * Turns the failure of a request on the bus into the error it carries.
     *
     * @param address where the request went
     * @param failure how it failed
     * @return the error: the one sent back, or of the code and text sent back; 503, not taken, if nobody listens there, 408 if no reply came in time
     */
    public static MicroException error(String address, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return MicroException.from(address, failure);
        }
        return switch (reply.failureType()) {
            case NO_HANDLERS -> absent(address);
            case TIMEOUT -> untaken(reply) ? absent(address) : MicroException.timeout(address, "no reply in time");
            case RECIPIENT_FAILURE, ERROR -> sent(address, reply);
        };
    }

    private static MicroException absent(String address) {
        return MicroException.unavailable(address, "no handler").asNotTaken();
    }

    /**
     * Tells whether a request failed before any consumer had it: there was none, or it was unregistered, or its buffer full, while
     * the message waited for it, which Vert.x answers as discarded.
     *
     * @param failure how it failed
     * @return true if no consumer has seen it
     */
    public static boolean untaken(Throwable failure) {
        return failure instanceof ReplyException reply
                && (reply.failureType() == ReplyFailure.NO_HANDLERS
                        || (reply.failureType() == ReplyFailure.TIMEOUT
                                && String.valueOf(reply.getMessage()).startsWith("Discarded")));
    }

    /** A consumer that knows nothing of our errors fails with a code and a text, and means by the code what HTTP means. */
    private static MicroException sent(String address, ReplyException reply) {
        String text = String.valueOf(reply.getMessage());
        MicroException error = MicroException.parse(text);
        boolean plain = error.code() == 0 && error.id().isEmpty();
        return plain && reply.failureCode() > 0
                ? MicroException.parse(
                        MicroException.of(address, reply.failureCode(), text).text())
                : error;
    }
}
