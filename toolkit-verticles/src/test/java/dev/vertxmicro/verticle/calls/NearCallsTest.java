package dev.vertxmicro.verticle.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NearCallsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Buffer body = Buffer.buffer("body");
    private final DeliveryOptions options = new DeliveryOptions().addHeader("service", "echo");
    private final Recording<Boolean> sameHeaders = new Recording<>();
    private final Recording<Boolean> sameBody = new Recording<>();
    private final NearCalls calls = new NearCalls(vertx.eventBus(), this::take);

    @BeforeEach
    void begin() {
        calls.begin();
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void take(Message<Object> message) {
        sameHeaders.handle(message.headers() == options.getHeaders());
        sameBody.handle(message.body() == body);
        message.reply(message.body());
    }

    private Future<Message<Buffer>> request() {
        return vertx.eventBus().request(BusProtocol.CLIENT, body, options);
    }

    private Future<Message<Buffer>> requestFromAnEventLoop() {
        Recording<Future<Message<Buffer>>> sent = new Recording<>();
        vertx.runOnContext(sending -> sent.handle(request()));
        return sent.next();
    }

    @Test
    void copiesTheBodyAndNotTheHeaders() {
        assertThat(Await.result(requestFromAnEventLoop()).body()).isEqualTo(body);
        assertThat(sameHeaders.next()).isTrue();
        assertThat(sameBody.next()).isFalse();
    }

    @Test
    void leavesToTheAddressWhatOtherThreadsSend() {
        assertThat(BusMessages.untaken(Await.cause(request()))).isTrue();
        assertThat(sameBody.isEmpty()).isTrue();
    }

    @Test
    void takesNothingWhenItHasEnded() {
        calls.end();
        assertThat(BusMessages.untaken(Await.cause(requestFromAnEventLoop()))).isTrue();
    }
}
