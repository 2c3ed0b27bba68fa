package dev.vertxmicro.eventbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BusPortsTest {
    private final List<Promise<Boolean>> probes = new ArrayList<>();
    private final BusPorts ports = new BusPorts(Timers.manual(), address -> {
        Promise<Boolean> probe = Promise.promise();
        probes.add(probe);
        return probe.future();
    });
    private final EventBusAddress numbered =
            EventBusAddress.parse("127.0.0.1:0").withPort(-1);

    @Test
    void givesThosePortsOfOneNumberThatAskAtTheSameTimeTheSame() {
        Future<EventBusAddress> one = ports.take(numbered);
        Future<EventBusAddress> other = ports.take(numbered);
        assertThat(probes).hasSize(1);
        probes.get(0).complete(true);
        assertThat(one.result()).isEqualTo(other.result());
    }

    @Test
    void looksAgainForANumberThatNoneWasFoundFor() {
        Future<EventBusAddress> one = ports.take(numbered);
        probes.get(0).fail("away");
        assertThat(one.failed()).isTrue();
        Future<EventBusAddress> next = ports.take(numbered);
        probes.get(1).complete(true);
        assertThat(next.succeeded()).isTrue();
    }

    @Test
    void forgetsTheNumberWithItsLastListener() {
        ports.take(numbered);
        Future<EventBusAddress> known = ports.take(numbered);
        probes.get(0).complete(true);
        ports.giveBack(known.result());
        ports.take(numbered);
        assertThat(probes).hasSize(1);
        ports.giveBack(known.result());
        ports.giveBack(known.result());
        ports.take(numbered);
        assertThat(probes).hasSize(2);
    }

    @Test
    void knowsThatEveryInterfaceIsThatOfThisHostToo() {
        EventBusAddress every = EventBusAddress.parse(":8080");
        Assumptions.assumeFalse(every.local().isEmpty(), "advertised: " + AdvertisedAddress.of(":8080"));
        Future<EventBusAddress> first = ports.take(every);
        probes.get(0).complete(true);
        Future<EventBusAddress> second = ports.take(EventBusAddress.parse("127.0.0.1:8080"));
        probes.forEach(probe -> probe.tryComplete(true));
        assertThat(first.succeeded()).isTrue();
        assertThat(Await.failure(second).detail()).contains("address already in use");
        ports.giveBack(every);
        Future<EventBusAddress> later = ports.take(EventBusAddress.parse("127.0.0.1:8080"));
        probes.forEach(probe -> probe.tryComplete(true));
        assertThat(later.succeeded()).isTrue();
    }
}
