package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusBundler;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks other agents for one: each question is a message of its own, and so is its answer. A request of the event bus would do, but
 * keeps to itself that it could not be sent, since the other process has ended, until its time is over. May be used from any thread.
 */
final class NodeExchange {
    static final String ANSWER = "answer";
    /** Header of an answer that is a failure: its text. */
    static final String ERROR = "error";

    private static final String FROM = "from";
    static final String QUESTION = "question";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LAST_PAUSE = Duration.ofMillis(500);

    private final EventBus bus;
    private final BusBundler bundler;
    private final LargeCalls large;
    private final String own;
    private final Timers timers;
    private final Map<String, Question> waiting = new ConcurrentHashMap<>();

    private record Question(String agent, Promise<Answer> answer) {}

    /**
     * What was answered.
     *
     * @param headers of the answer
     * @param body    its body
     */
    record Answer(MultiMap headers, @Nullable Object body) {

        static Answer of(Message<?> reply) {
            return new Answer(reply.headers(), reply.body());
        }
    }

    NodeExchange(Vertx vertx, String own, Timers timers) {
        this.bus = vertx.eventBus();
        this.bundler = new BusBundler(vertx);
        this.large = new LargeCalls(vertx, timers);
        this.own = own;
        this.timers = timers;
    }

    String own() {
        return own;
    }

    /**
     * Asks.
     *
     * @param id of the question, unique here; whoever waits no more says so by {@link #forget}
     * @return the answer, on the context of the caller; fails as unreachable if the question provably never left
     */
    Future<Answer> ask(String agent, String id, @Nullable Object body, DeliveryOptions options) {
        Promise<Answer> answer = timers.promise();
        waiting.put(id, new Question(agent, answer));
        options.addHeader(FROM, own).addHeader(QUESTION, id);
        written(agent, body, options).onFailure(unsent -> {
            waiting.remove(id);
            answer.tryFail(unreachable(agent));
        });
        return answer.future();
    }

    /** Asks with a large body, by a stream, which ends with the question. */
    Future<Answer> askLargely(String agent, String id, Buffer request, DeliveryOptions options, Cancellation caller) {
        Promise<Answer> answer = timers.promise();
        Cancellation over = new Cancellation();
        Runnable unhook = caller.onCancel(() -> over.cancel(caller.cause()));
        waiting.put(id, new Question(agent, answer));
        answer.future().onComplete(done -> {
            unhook.run();
            if (done.failed()) {
                over.cancel(MicroException.from(agent, done.cause()));
            }
        });
        large.ask(agent, request, options, over).onComplete(said -> {
            waiting.remove(id);
            if (said.succeeded()) {
                answer.tryComplete(said.result());
            } else {
                answer.tryFail(said.cause());
            }
        });
        return answer.future();
    }

    static MicroException unreachable(String address) {
        return MicroException.unavailable(address, "no handler").asRetryable().withFault(Fault.UNREACHABLE);
    }

    /** Waits no more: the question fails, so that nothing of it is kept. */
    void forget(String id, MicroException why) {
        Question question = waiting.remove(id);
        if (question != null) {
            question.answer().tryFail(why);
        }
    }

    /** Waits so long, and no more. */
    Timer forgetAfter(Duration patience, String id) {
        return timers.schedule(patience, () -> forget(id, MicroException.timeout(own, "no answer in time")));
    }

    /** Waits no more for anything of an agent. */
    void giveUp(String agent, MicroException why) {
        waiting.forEach((id, question) -> {
            if (question.agent().equals(agent)) {
                forget(id, why);
            }
        });
    }

    /** How many wait. */
    int size() {
        return waiting.size();
    }

    /** Hears an answer; one that nobody waits for any more is dropped, and the stream ended that a handler has taken by it. */
    void answered(@Nullable String id, Answer said) {
        Question question = id == null ? null : waiting.remove(id);
        if (question != null) {
            question.answer().tryComplete(said);
        } else {
            large.takenLate(said.headers());
        }
    }

    /** Tells whether somebody waits for an answer. */
    boolean waitsFor(@Nullable String id) {
        return id != null && waiting.containsKey(id);
    }

    /**
     * Where an answer goes.
     *
     * @param agent who asked
     * @param id    what he asked
     */
    record Return(String agent, String id) {

        /** Takes it out of the headers of a question, which others see then; null if nobody waits. */
        static @Nullable Return take(MultiMap headers) {
            String agent = headers.get(FROM);
            String id = headers.get(QUESTION);
            headers.remove(FROM).remove(QUESTION);
            return agent == null || id == null ? null : new Return(agent, id);
        }
    }

    /** What is too large for one message. */
    LargeCalls large() {
        return large;
    }

    /** Answers a question; completes when the answer has left, fails if it could not. */
    Future<Void> answer(Return to, @Nullable Object body, DeliveryOptions options) {
        if (body instanceof Buffer bytes && LargeCalls.isLarge(bytes)) {
            return large.answer(to, bytes, options)
                    .recover(unsent -> fail(
                            to, MicroException.internal(own, "the answer could not be sent: " + unsent.getMessage())));
        }
        options.addHeader(BusProtocol.ACTION, ANSWER).addHeader(QUESTION, to.id());
        return tell(to.agent(), body, options);
    }

    /** Tells an agent something that it does not answer; several times, for who has just joined is not known everywhere. */
    Future<Void> tell(String agent, @Nullable Object body, DeliveryOptions options) {
        Promise<Void> told = timers.promise();
        sent(agent, body, options, FIRST_PAUSE, told);
        return told.future();
    }

    private void sent(
            String agent, @Nullable Object body, DeliveryOptions options, Duration pause, Promise<Void> told) {
        written(agent, body, options).onComplete(sent -> told.tryComplete(), unsent -> {
            if (pause.compareTo(LAST_PAUSE) <= 0) {
                timers.schedule(pause, () -> sent(agent, body, options, pause.multipliedBy(4), told));
            } else {
                told.tryFail(unsent);
            }
        });
    }

    /** Calls and their answers, which are bytes, go together; what else agents tell each other goes alone. */
    private Future<Void> written(String agent, @Nullable Object body, DeliveryOptions options) {
        return body == null || body instanceof Buffer
                ? bundler.send(agent, (Buffer) body, options.getHeaders())
                : bus.sender(agent, options).write(body);
    }

    /** Answers a question with a failure. */
    Future<Void> fail(Return to, MicroException error) {
        return answer(to, null, BusMessages.versioned().addHeader(ERROR, Objects.requireNonNull(error.text())));
    }
}
