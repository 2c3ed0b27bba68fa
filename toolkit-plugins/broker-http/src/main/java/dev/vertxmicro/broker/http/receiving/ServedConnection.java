package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.receiving.PendingAnswers.Place;
import dev.vertxmicro.broker.http.receiving.RequestReader.Request;
import dev.vertxmicro.broker.http.wire.MessageSocket;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection that brings messages. Each is handed over as soon as the one before has a place in the buffers, and answered when
 * it was handled, in the order of the requests: so a publisher that pipelines keeps many handlers busy. Nothing is read while
 * answers wait for the peer to read them, and others have their turn after a number of requests. Used on the context of the
 * broker.
 */
final class ServedConnection implements RequestReader.Events, PendingAnswers.Events {
    /** Requests served before others have their turn. */
    private static final int TURN = 32;
    /** Requests that came in one piece and wait to be served; only tiny ones can be more. */
    private static final int MAX_READY = 1000;
    /** How long a peer that is refused may go on writing: a connection closed at once would take the answer with it. */
    private static final Duration LINGER = Duration.ofMillis(500);

    /**
     * What all connections have in common.
     *
     * @param settings  limits
     * @param budget    of the memory that peers may fill
     * @param dispatch      takes the requests
     * @param later     runs a task in a later turn of the loop
     */
    record Common(
            ReceiverSettings settings,
            MemoryBudget budget,
            Timers timers,
            MessageDispatch dispatch,
            RareWarning refusals,
            Executor later) {}

    private final MessageSocket socket;
    private final Common common;
    private final Runnable onAnswered;
    private final RequestReader reader;
    private final PendingAnswers answers;
    private final Deque<Request> ready = new ArrayDeque<>();
    private @Nullable HttpAnswer refusal;
    private boolean continueDue;
    private boolean handing;
    private boolean working;
    private boolean yielding;
    private boolean reading = true;
    private boolean closing;
    private int served;
    private long since;

    ServedConnection(MessageSocket socket, Common common, Runnable onAnswered) {
        this.socket = socket;
        this.common = common;
        this.onAnswered = onAnswered;
        this.reader = new RequestReader(common.settings().maxMessageBytes(), common.budget(), this);
        this.answers = new PendingAnswers(socket, common.budget().share(), this);
        this.since = common.timers().nanoTime();
        socket.onMessage(this::received);
    }

    /** True while a request is not answered. */
    boolean isBusy() {
        return !answers.isEmpty() || !ready.isEmpty();
    }

    private void received(Object part) {
        try {
            if (refusal == null && !answers.isEnding()) {
                reader.read(part);
            }
        } catch (RuntimeException | Error e) {
            warn("connection", "closed: " + e);
            socket.close();
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    @Override
    public void begun() {
        since = common.timers().nanoTime();
        continueDue = false;
    }

    @Override
    public void waitsForContinue() {
        continueDue = true;
        sayContinue();
    }

    /** Not before the answers to earlier requests. */
    private void sayContinue() {
        if (continueDue && reader.isInside() && !isBusy()) {
            continueDue = false;
            answers.writeContinue();
        }
    }

    @Override
    public void complete(Request request) {
        if (ready.size() >= MAX_READY) {
            request.share().close();
            refused("503 Service Unavailable", "too many requests at once");
            return;
        }
        ready.add(request);
        work();
    }

    @Override
    public void refused(String status, String why) {
        warn("request", "refused: " + why);
        refusal = HttpAnswer.refused(status, why);
        work();
    }

    /** Serves what is ready, one after the other; reads no further meanwhile. */
    private void work() {
        if (working) {
            return;
        }
        working = true;
        while (!handing && !ready.isEmpty() && !answers.isFull() && !answers.isEnding() && served < TURN) {
            served++;
            serve(ready.remove());
        }
        working = false;
        if (answers.isEnding()) {
            forget();
        } else if (ready.isEmpty() && refusal != null) {
            answers.end();
            answers.give(answers.place(), refusal);
        } else if (served >= TURN && !yielding) {
            yielding = true;
            common.later().execute(this::goOn);
        }
        read(ready.isEmpty() && !handing && !yielding && !answers.isFull());
    }

    private void goOn() {
        yielding = false;
        served = 0;
        work();
    }

    private void read(boolean wanted) {
        if (wanted && !reading) {
            since = common.timers().nanoTime(); // it was not the peer who let it wait
        }
        reading = wanted;
        socket.read(wanted);
    }

    private void serve(Request request) {
        Place place = answers.place();
        if (!request.keepAlive()) {
            answers.end();
        }
        Handover handover = common.dispatch().serve(request, answer -> answers.give(place, answer), this::warn);
        if (handover != null) {
            handing = true;
            handover.accepted().onComplete(accepted -> {
                handing = false;
                work();
            });
        }
    }

    @Override
    public void answered() {
        onAnswered.run();
        sayContinue();
        work();
    }

    @Override
    public void written() {
        since = common.timers().nanoTime();
        if (!answers.isEnded()) {
            work();
        } else if (!closing) {
            closing = true;
            if (refusal == null) {
                socket.close();
            } else {
                read(true);
                common.timers().schedule(LINGER, socket::close);
            }
        }
    }

    private void warn(String what, String text) {
        common.refusals().warn("broker: " + what + " from " + socket.remote() + " " + text);
    }

    /** Closes what is silent, drips in, or does not read for too long. */
    void tidy() {
        long nanos = common.timers().nanoTime() - since;
        if (reader.isInside()
                && reading
                && nanos >= common.settings().readTimeout().toNanos()) {
            warn("request", "took too long to arrive, closed");
            socket.close();
        } else if ((!isBusy() || answers.isUnread())
                && nanos >= common.settings().idleTimeout().toNanos()) {
            socket.close();
        }
    }

    private void forget() {
        ready.forEach(request -> request.share().close());
        ready.clear();
    }

    /** The connection is no more: nobody waits for the answers. */
    void closed() {
        answers.closed();
        reader.close();
        forget();
    }
}
