package dev.vertxmicro.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyNetworkTest {
    private static final Message HELLO = message("hello");

    private final ManualTimers timers = Timers.manual();
    private final FaultyNetwork network = FaultyNetwork.create(timers, 42);
    private final Transport carrying = Transport.inMemory(timers);
    private final Transport caller = network.transport("caller", carrying);
    private final List<String> handled = new ArrayList<>();
    private final List<Socket> streams = new ArrayList<>();
    private final String address = Await.result(network.transport("node", carrying)
            .listener("127.0.0.1:0")
            .onRequest((request, peer, cancellation) -> {
                handled.add(request.body().toString());
                return Future.succeededFuture(request);
            })
            .onStream((Message first, Socket socket, Peer peer) -> streams.add(socket))
            .listen());

    private static Message message(String body) {
        return new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer(body));
    }

    private Future<Message> call() {
        return caller.request(address, HELLO, CallContext.create());
    }

    private void pass(long millis) {
        timers.advance(Duration.ofMillis(millis));
    }

    @Test
    void carriesAllWhereNothingGoesWrong() {
        assertThat(call().result().body()).hasToString("hello");
        assertThat(caller.probe(address).succeeded()).isTrue();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void delaysEachWay() {
        network.towards("node", LinkFaults.NONE.withLatency(Duration.ofMillis(20), Duration.ZERO));
        Future<Message> answer = call();
        pass(19);
        assertThat(handled).isEmpty();
        pass(1);
        assertThat(handled).hasSize(1);
        pass(19);
        assertThat(answer.isComplete()).isFalse();
        pass(1);
        assertThat(answer.succeeded()).isTrue();
    }

    @Test
    void addsNoMoreThanTheJitter() {
        network.towards("node", LinkFaults.NONE.withLatency(Duration.ofMillis(20), Duration.ofMillis(10)));
        for (int i = 0; i < 1000; i++) {
            Future<Message> answer = call();
            pass(39);
            assertThat(answer.isComplete()).isFalse();
            pass(21);
            assertThat(answer.succeeded()).isTrue();
        }
    }

    @Test
    void refusesBeforeAnybodyHears() {
        network.towards("node", LinkFaults.NONE.withRefused(1));
        MicroException refused = (MicroException) call().cause();
        assertThat(refused.detail()).endsWith("connection refused");
        assertThat(refused.retryable()).isTrue();
        assertThat(refused.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(caller.probe(address).failed()).isTrue();
        assertThat(handled).isEmpty();
    }

    @Test
    void breaksTheConnectionWhenTheWorkIsDone() {
        network.towards("node", LinkFaults.NONE.withReset(1));
        MicroException broken = (MicroException) call().cause();
        assertThat(broken.fault()).isEqualTo(Fault.BROKEN);
        assertThat(broken.retryable()).isFalse();
        assertThat(handled).hasSize(1);
    }

    @Test
    void breaksTheShareThatIsAskedForAndTheSameOnesEachTime() {
        List<Boolean> first = outcomes(7);
        assertThat(first.stream().filter(broken -> broken).count()).isBetween(250L, 350L);
        assertThat(outcomes(7)).isEqualTo(first);
        assertThat(outcomes(8)).isNotEqualTo(first);
    }

    private List<Boolean> outcomes(long seed) {
        FaultyNetwork other = FaultyNetwork.create(timers, seed).towards(address, LinkFaults.NONE.withReset(0.3));
        Transport own = other.transport("own", carrying);
        List<Boolean> outcomes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            outcomes.add(own.request(address, HELLO, CallContext.create()).failed());
        }
        return outcomes;
    }

    @Test
    void deliversTwiceAndAnswersOnce() {
        network.towards("node", LinkFaults.NONE.withDuplicate(1));
        assertThat(call().succeeded()).isTrue();
        assertThat(handled).hasSize(2);
    }

    @Test
    void answersNothingThroughABlackHoleButToWhoCancels() {
        network.towards("node", LinkFaults.NONE.withBlackHole(true));
        Cancellation cancellation = new Cancellation();
        Future<Message> answer =
                caller.request(address, HELLO, CallContext.create().withCancellation(cancellation));
        Future<Void> probe = caller.probe(address);
        pass(5_000);
        assertThat(answer.isComplete()).isFalse();
        assertThat(probe.failed()).isTrue();
        cancellation.cancel(MicroException.timeout("x", "enough"));
        assertThat(((MicroException) answer.cause()).detail()).isEqualTo("enough");
        assertThat(handled).isEmpty();
    }

    @Test
    void partitionsBothWaysAndHeals() {
        String other = Await.result(caller.listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> Future.succeededFuture(request))
                .listen());
        Transport node = network.transport("node", carrying);
        Transport third = network.transport("third", carrying);
        network.partition(Set.of("caller"), Set.of("node"));
        assertThat(call().isComplete()).isFalse();
        assertThat(node.request(other, HELLO, CallContext.create()).isComplete())
                .isFalse();
        assertThat(third.request(address, HELLO, CallContext.create()).succeeded())
                .isTrue();
        network.heal();
        assertThat(call().succeeded()).isTrue();
    }

    @Test
    void dropsWhatIsUnderWayWhenAPartitionBegins() {
        network.towards("node", LinkFaults.NONE.withLatency(Duration.ofMillis(20), Duration.ZERO));
        Future<Message> answer = call();
        pass(20);
        network.partition(Set.of("caller"), Set.of("node"));
        pass(1000);
        assertThat(handled).hasSize(1);
        assertThat(answer.isComplete()).isFalse();
    }

    @Test
    void goesWrongForOneCallerOnly() {
        network.between("caller", "node", LinkFaults.NONE.withRefused(1));
        assertThat(call().failed()).isTrue();
        assertThat(network.transport("third", carrying)
                        .request(address, HELLO, CallContext.create())
                        .succeeded())
                .isTrue();
    }

    @Test
    void readsAStreamSlowlyAndInOrder() {
        network.towards("node", LinkFaults.NONE.withSlowReader(Duration.ofMillis(10)));
        List<String> read = new ArrayList<>();
        Socket stream = caller.open(address, HELLO, CallContext.create()).result();
        stream.onMessage(message -> read.add(message.body().toString()));
        stream.onEnd(trailer -> read.add("end"));
        Socket node = streams.get(0);
        for (String body : List.of("a", "b", "c")) {
            var unused = node.send(message(body));
        }
        var unused = node.end(Metadata.EMPTY);
        assertThat(read).isEmpty();
        pass(10);
        assertThat(read).containsExactly("a");
        pass(30);
        assertThat(read).containsExactly("a", "b", "c", "end");
    }

    @Test
    void breaksAStreamAfterAMessage() {
        network.towards("node", LinkFaults.NONE.withReset(1));
        List<String> came = new ArrayList<>();
        Socket stream = caller.open(address, HELLO, CallContext.create()).result();
        Socket node = streams.get(0);
        node.onMessage(message -> came.add(message.body().toString()));
        var unused = stream.send(message("a"));
        assertThat(stream.closed().failed()).isTrue();
        assertThat(node.closed().failed()).isTrue();
    }

    @Test
    void dropsTheMessagesOfAStreamInABlackHole() {
        List<String> came = new ArrayList<>();
        Socket stream = caller.open(address, HELLO, CallContext.create()).result();
        streams.get(0).onMessage(message -> came.add(message.body().toString()));
        network.towards("node", LinkFaults.NONE.withBlackHole(true));
        assertThat(stream.send(message("a")).succeeded()).isTrue();
        network.heal();
        assertThat(stream.send(message("b")).succeeded()).isTrue();
        assertThat(came).containsExactly("b");
    }

    @Test
    void refusesSharesAndTimesOutOfBounds() {
        assertThatThrownBy(() -> LinkFaults.NONE.withReset(1.1)).hasMessage("reset: 1.1 (expected: 0 to 1)");
        assertThatThrownBy(() -> LinkFaults.NONE.withRefused(Double.NaN)).hasMessageStartingWith("refused: NaN");
        assertThatThrownBy(() -> LinkFaults.NONE.withSlowReader(Duration.ofMillis(-1)))
                .hasMessageStartingWith("slowReader: ");
    }
}
