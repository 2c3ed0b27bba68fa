package dev.vertxmicro.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowedServicesTest {
    private static final ServiceInfo A = service("a");
    private static final ServiceInfo B = service("b");

    private final List<Followed> begun = new ArrayList<>();
    private final ManualTimers time = Timers.manual();
    private final FollowedServices services = new FollowedServices(this::follow, Duration.ZERO, time, Runnable::run, 1);
    private final List<RegistryChange> told = new ArrayList<>();

    private static final class Followed implements FollowedServices.Follower {
        private final Optional<String> name;
        private final ServiceTable table;
        private final Promise<Void> ready = Promise.promise();
        private boolean stopped;

        private Followed(Optional<String> name, ServiceTable table) {
            this.name = name;
            this.table = table;
        }

        @Override
        public Future<Void> ready() {
            return ready.future();
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private Followed follow(Optional<String> name, ServiceTable table) {
        Followed followed = new Followed(name, table);
        begun.add(followed);
        return followed;
    }

    private static ServiceInfo service(String name) {
        return new ServiceInfo(name, "1", Map.of(), List.of(), List.of(new Node(name + "-1", "h:1", Map.of())));
    }

    private Future<Watch> one(String name) {
        return services.one(name, told::add, Runnable::run);
    }

    @Test
    void followsOnceWhateverTheNumberOfWatchersAndUntilTheLastIsGone() {
        Future<Watch> first = one("a");
        Future<Watch> second = one("a");
        assertThat(begun).singleElement().satisfies(each -> assertThat(each.name)
                .contains("a"));
        assertThat(services.find("a")).isEmpty();
        begun.get(0).table.seen("a", List.of(A));
        begun.get(0).ready.complete();
        assertThat(told).isEmpty();
        assertThat(services.find("a")).contains(List.of(A));
        assertThat(services.find("b")).isEmpty();
        begun.get(0).table.seen("a", List.of());
        RegistryChange gone = new RegistryChange(Action.DELETE, A);
        assertThat(told).containsExactly(gone, gone);
        first.result().close();
        assertThat(begun.get(0).stopped).isFalse();
        second.result().close();
        assertThat(begun.get(0).stopped).isTrue();
        assertThat(services.find("a")).isEmpty();
    }

    @Test
    void picksFurtherServicesFromAll() {
        one("a");
        one("b");
        assertThat(begun.get(1).name).isEmpty();
        begun.get(1).ready.complete();
        begun.get(1).table.seen("c", List.of(service("c")));
        begun.get(1).table.seen("b", List.of(B));
        assertThat(told).containsExactly(new RegistryChange(Action.CREATE, B));
        assertThat(services.names()).contains(List.of("b", "c"));
        assertThat(services.find("c")).contains(List.of(service("c")));
    }

    @Test
    void followsNothingThatCannotBeTold() {
        Future<Watch> failed = services.all(told::add, Runnable::run);
        begun.get(0).ready.fail("away");
        assertThat(failed.failed()).isTrue();
        assertThat(begun.get(0).stopped).isTrue();
        services.all(told::add, Runnable::run);
        assertThat(begun).hasSize(2);
        services.stop();
        assertThat(begun.get(1).stopped).isTrue();
        assertThat(services.names()).isEmpty();
    }

    /** What was kept for a grace is let go when that is over, which may be after the end. */
    @Test
    void tellsNobodyAnythingOnceAllHasEnded() {
        Duration grace = Duration.ofSeconds(60);
        FollowedServices patient = new FollowedServices(this::follow, grace, time, Runnable::run, 1);
        patient.one("a", told::add, Runnable::run);
        ServiceTable table = begun.get(0).table;
        table.seen("a", List.of(A));
        begun.get(0).ready.complete();
        table.interrupted();
        table.seen("a", List.of());
        Future<Watch> late = patient.all(told::add, Runnable::run);
        patient.stop();
        begun.get(1).ready.complete();
        assertThat(late.succeeded()).isTrue();
        begun.get(1).table.seen("a", List.of(A));
        time.advance(grace.plusSeconds(1));
        assertThat(told).isEmpty();
        assertThat(table.names()).isEmpty();
    }
}
