package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.Handover;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection that brings messages. Each is handed over as soon as the one before has a place in the buffers, and answered when
 * it was handled, in the order of the requests: so a publisher that pipelines keeps many handlers busy. Used on the context of the
 * broker.
 */
final class ServedConnection {
    private static final int MAX_UNANSWERED = 1000;
    private static final int FIRST_BODY_BYTES = 8 * 1024;

    /** Hands messages to subscribers. */
    @FunctionalInterface
    interface Desk {
        /** Hands a message to the subscribers of a node; empty if there are none. */
        Optional<Handover> deliver(String id, WireMessage message);
    }

    /** A request that was not answered, or whose turn has not come. */
    private static final class Exchange {
        private @Nullable Answer answer;
    }

    private record Request(String method, String uri, boolean keepAlive, ByteBuf body) {}

    private final NetSocketInternal socket;
    private final int maxBytes;
    private final Timers timers;
    private final Desk desk;
    private final RareWarning refusals;
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private final Deque<Request> ready = new ArrayDeque<>();
    private Runnable onAnswered = () -> {};
    private @Nullable HttpRequest head;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private boolean handing;
    private boolean ending;
    private long since;

    ServedConnection(NetSocketInternal socket, int maxBytes, Timers timers, Desk desk, RareWarning refusals) {
        this.socket = socket;
        this.maxBytes = maxBytes;
        this.timers = timers;
        this.desk = desk;
        this.refusals = refusals;
        this.since = timers.nanoTime();
        socket.messageHandler(this::received);
        socket.exceptionHandler(broken -> socket.close());
    }

    void onAnswered(Runnable hook) {
        onAnswered = hook;
    }

    /** True while a request is not answered. */
    boolean isBusy() {
        return !exchanges.isEmpty() || !ready.isEmpty();
    }

    private void received(Object part) {
        try {
            if (ending) {
                return;
            }
            if (part instanceof HttpRequest request) {
                begin(request);
            }
            if (part instanceof HttpContent content && head != null && !ending) {
                append(content);
            }
            if (part instanceof LastHttpContent && head != null && !ending) {
                complete(head);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void begin(HttpRequest request) {
        since = timers.nanoTime();
        if (request.decoderResult().isFailure()) {
            refuse(request.decoderResult().cause());
            return;
        }
        head = request;
        body = Unpooled.EMPTY_BUFFER;
        if (HttpUtil.getContentLength(request, 0L) > maxBytes) {
            tooLarge();
        } else if (HttpUtil.is100ContinueExpected(request) && exchanges.isEmpty()) {
            write(Answer.CONTINUE);
        }
    }

    private void append(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(content.decoderResult().cause());
            return;
        }
        int more = content.content().readableBytes();
        if (more == 0) {
            return;
        }
        if ((long) body.readableBytes() + more > maxBytes) {
            tooLarge();
            return;
        }
        if (body.capacity() == 0) {
            body = Unpooled.buffer(Math.max(more, FIRST_BODY_BYTES));
        }
        body.writeBytes(content.content());
    }

    private void refuse(Throwable cause) {
        String status = cause instanceof TooLongHttpHeaderException
                ? "431 Request Header Fields Too Large"
                : cause instanceof TooLongHttpLineException ? "414 URI Too Long" : "400 Bad Request";
        refuse(status, String.valueOf(cause.getMessage()));
    }

    private void tooLarge() {
        refuse("413 Request Entity Too Large", "message exceeds " + maxBytes + " bytes");
    }

    private void refuse(String status, String why) {
        refusals.warn("broker: request from " + socket.remoteAddress() + " refused: " + why);
        ending = true;
        head = null;
        answer(exchange(), Answer.refused(status, why));
    }

    private void complete(HttpRequest request) {
        head = null;
        ready.add(new Request(request.method().name(), request.uri(), HttpUtil.isKeepAlive(request), body));
        body = Unpooled.EMPTY_BUFFER;
        work();
    }

    /** Hands over what is ready, one after the other; reads no further meanwhile. */
    private void work() {
        while (!handing && !ready.isEmpty() && exchanges.size() < MAX_UNANSWERED) {
            serve(ready.remove());
        }
        socket.channelHandlerContext().channel().config().setAutoRead(ready.isEmpty() && !handing);
    }

    private void serve(Request request) {
        Exchange exchange = exchange();
        if (!request.keepAlive()) {
            ending = true;
        }
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        Optional<Generation> form = Generation.ofPath(path);
        if (form.isEmpty()) {
            answer(exchange, Answer.NOT_FOUND);
        } else if (!request.method().equals(HttpMethod.POST.name())) {
            answer(exchange, Answer.NOT_POST);
        } else {
            deliver(exchange, form.get(), request);
        }
    }

    private static String id(String uri) {
        try {
            List<String> ids = new QueryStringDecoder(uri).parameters().getOrDefault("id", List.of(""));
            return ids.get(0);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void deliver(Exchange exchange, Generation form, Request request) {
        WireMessage message;
        try {
            message = WireMessage.decode(request.body(), form);
        } catch (IOException e) {
            String detail = "Error parsing request body: " + e.getMessage();
            refusals.warn("broker: message from " + socket.remoteAddress() + " refused: " + detail);
            answer(exchange, Answer.failed(detail));
            return;
        }
        if (message.topic().isEmpty()) {
            refusals.warn("broker: message from " + socket.remoteAddress() + " refused: no topic");
            answer(exchange, Answer.NO_TOPIC);
            return;
        }
        Optional<Handover> handover = desk.deliver(id(request.uri()), message);
        if (handover.isEmpty()) {
            answer(exchange, Answer.UNKNOWN);
            return;
        }
        handing = true;
        handover.get().accepted().onComplete(accepted -> {
            handing = false;
            work();
        });
        handover.get()
                .settled()
                .onComplete(settled -> answer(
                        exchange,
                        settled.succeeded()
                                ? Answer.OK
                                : Answer.failed(String.valueOf(settled.cause().getMessage()))));
    }

    private Exchange exchange() {
        Exchange exchange = new Exchange();
        exchanges.add(exchange);
        return exchange;
    }

    private void answer(Exchange exchange, Answer answer) {
        exchange.answer = answer;
        boolean answered = false;
        for (Exchange first = exchanges.peek(); first != null && first.answer != null; first = exchanges.peek()) {
            exchanges.remove();
            answered = true;
            write(exchanges.isEmpty() && ending ? first.answer.asLast() : first.answer);
        }
        if (answered) {
            since = timers.nanoTime();
            onAnswered.run();
            if (!ready.isEmpty()) {
                work();
            }
        }
    }

    private void write(Answer answer) {
        var written = socket.writeMessage(answer.bytes());
        if (answer.isLast()) {
            written.onComplete(done -> socket.close());
        }
    }

    /** Closes what is silent, or drips in, for too long. */
    void tidy(HttpReceiving limits) {
        long nanos = timers.nanoTime() - since;
        if (head != null && nanos >= limits.readTimeout().toNanos()) {
            refusals.warn("broker: request from " + socket.remoteAddress() + " took too long to arrive, closed");
            socket.close();
        } else if (!isBusy() && nanos >= limits.idleTimeout().toNanos()) {
            socket.close();
        }
    }

    /** The connection is no more: nobody waits for the answers. */
    void closed() {
        ending = true;
        exchanges.clear();
        ready.clear();
    }
}
