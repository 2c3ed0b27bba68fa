package dev.vertxmicro.verticle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeExchangeTest {
    private static final String AGENT = "micro.node/other";

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final NodeExchange exchange = new NodeExchange(vertx, "micro.node/own", timers);
    private final Recording<Message<Object>> questions = new Recording<>();
    private final Recording<Message<Object>> frames = new Recording<>();

    @BeforeEach
    void listen() {
        vertx.eventBus().consumer(AGENT, questions);
        vertx.eventBus().consumer("micro.stream/handler", frames);
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Future<MultiMap> open(CallContext context) {
        return new HandlerRequests(vertx)
                .openByAgent(
                        exchange, AGENT, "micro.handler/a/A.B", context, new DeliveryOptions().addHeader("a", "b"));
    }

    private static NodeExchange.Answer taken() {
        return new NodeExchange.Answer(
                MultiMap.caseInsensitiveMultiMap()
                        .add("stream-address", "micro.stream/handler")
                        .add("stream-id", "taken"),
                null);
    }

    @Test
    void endsTheStreamOfAHandlerWhoseCallerHasCancelledMeanwhile() {
        Cancellation cancellation = new Cancellation();
        Future<MultiMap> opening = open(CallContext.create().withCancellation(cancellation));
        String question = questions.next().headers().get(NodeExchange.QUESTION);
        cancellation.cancel(MicroException.timeout("test", "enough"));
        assertThat(Await.failure(opening).detail()).isEqualTo("enough");
        assertThat(exchange.size()).isZero();
        exchange.answered(question, taken());
        Message<Object> reset = frames.next();
        assertThat(reset.headers().get("frame")).isEqualTo("reset");
        assertThat(reset.headers().get("stream")).isEqualTo("taken");
    }

    @Test
    void keepsNoOpeningThatNobodyAnswers() {
        Future<MultiMap> opening = open(CallContext.create());
        questions.next();
        timers.advance(Duration.ofSeconds(30));
        assertThat(Await.failure(opening).code()).isEqualTo(408);
        assertThat(exchange.size()).isZero();
    }

    @Test
    void givesTheAnswerToWhoWaits() {
        Future<MultiMap> opening = open(CallContext.create());
        exchange.answered(questions.next().headers().get(NodeExchange.QUESTION), taken());
        assertThat(Await.result(opening).get("stream-id")).isEqualTo("taken");
        assertThat(timers.pending()).isZero();
        assertThat(frames.isEmpty()).isTrue();
    }
}
