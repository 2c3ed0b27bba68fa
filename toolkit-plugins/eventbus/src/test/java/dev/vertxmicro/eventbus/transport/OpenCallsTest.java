package dev.vertxmicro.eventbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
    private static final String SERVER = "127.0.0.1:7000";

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final BusStreams streams = new BusStreams(vertx, 1000, Duration.ofSeconds(5), timers);
    private final OpenCalls calls = new OpenCalls(vertx, streams, 1000, timers);
    private final Recording<io.vertx.core.eventbus.Message<Object>> frames = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static Message message(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    private Future<Message> call() {
        EventBusAddress address = EventBusAddress.parse(SERVER);
        vertx.eventBus().consumer(address.dialled(), frames);
        return calls.call(address, message(1), Cancellation.NEVER);
    }

    private void write(@Nullable Object body, String... headers) {
        DeliveryOptions options = new DeliveryOptions();
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        vertx.eventBus().send(streams.address(), body, options);
    }

    @Test
    void cancelsTheCallsOfAServerThatAnswersNothingAnyMore() {
        Future<Message> answer = call();
        String id = frames.next().headers().get("stream-id");
        timers.advance(Duration.ofSeconds(1));
        io.vertx.core.eventbus.Message<Object> ping = frames.next();
        write(
                null,
                "frame",
                "pong",
                "stream-address",
                ping.address(),
                "nonce",
                ping.headers().get("nonce"));
        // the address has heard the pong when it has answered what came after
        Recording<Object> pongs = new Recording<>();
        vertx.eventBus().consumer("micro.stream/test", pongs::handle);
        write(null, "frame", "ping", "stream-address", "micro.stream/test");
        pongs.next();
        timers.advance(Duration.ofSeconds(6));
        assertThat(Await.failure(answer).detail()).contains("answers nothing");
        io.vertx.core.eventbus.Message<Object> frame = frames.next();
        while (frame.headers().get("frame").equals("ping")) {
            frame = frames.next();
        }
        assertThat(frame.headers().get("frame")).isEqualTo("cancel");
        assertThat(frame.headers().get("stream")).isEqualTo(id);
    }

    @Test
    void takesNoAnswerThatIsTooLarge() {
        Future<Message> answer = call();
        String id = frames.next().headers().get("stream-id");
        write(Buffer.buffer(new byte[1001]), "frame", "answer", "stream", id);
        assertThat(Await.failure(answer).code()).isEqualTo(413);
    }

    @Test
    void servesNoRequestThatIsTooLarge() {
        Transport strict = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS.withMaxMessageBytes(1000));
        Transport generous = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
        Recording<Message> served = new Recording<>();
        String address = Await.result(strict.listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> {
                    served.handle(request);
                    return Future.succeededFuture(request);
                })
                .onStream((first, socket, peer) -> served.handle(first))
                .listen());
        Message answer = Await.result(generous.request(address, message(1001), CallContext.create()));
        assertThat(MicroException.parse(answer.headers().value("Micro-Error", ""))
                        .code())
                .isEqualTo(413);
        assertThat(Await.failure(generous.open(address, message(1001), CallContext.create()))
                        .code())
                .isEqualTo(413);
        assertThat(served.isEmpty()).isTrue();
        Await.result(generous.request(address, message(1000), CallContext.create()));
        served.next();
    }
}
