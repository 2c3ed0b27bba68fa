package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.registry.kubernetes.FakeApiServer.event;
import static dev.vertxmicro.registry.kubernetes.FakeApiServer.pod;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.kubernetes.api.ApiAddress;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.api.ApiSettings;
import dev.vertxmicro.registry.kubernetes.api.BearerToken;
import dev.vertxmicro.registry.kubernetes.api.ServerClock;
import dev.vertxmicro.registry.kubernetes.watch.FollowSettings;
import dev.vertxmicro.registry.kubernetes.watch.Following;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who watch are told when it ends; time stands where the test says. */
class FollowingTest {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final ServiceInfo A =
            new ServiceInfo("x", "1", Map.of(), List.of(), List.of(new Node("a", "10.0.0.1:1", Map.of())));

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final ManualTimers time = Timers.manual();
    private final FakeApiServer server = new FakeApiServer(vertx);
    private final List<RegistryChange> told = new CopyOnWriteArrayList<>();
    private final ApiServers servers = new ApiServers(
            vertx,
            new ApiSettings(List.of(ApiAddress.parse(server.address())), LONG, TlsOptions.OFF),
            new BearerToken(vertx, Secret.of(""), Optional.empty()),
            new ServerClock(InstantSource.system()));
    private final Following following = new Following(
            vertx,
            time,
            servers,
            new FollowSettings("default", false, "http", LONG, GRACE),
            task -> context.runOnContext(start -> task.run()));

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private <T> T onContext(Supplier<Future<T>> step) {
        Promise<T> done = Promise.promise();
        context.runOnContext(start -> step.get().onComplete(done));
        return result(done.future());
    }

    private Watch watched() {
        server.list("500", pod("a", "400", A));
        server.watch(event("ERROR", new JsonObject().put("code", 410)));
        server.list("20");
        Watcher watcher = new Watcher(told::add, Runnable::run);
        Watch watch = onContext(() -> following.watch(watcher, Optional.empty()));
        assertThat(server.watchedFrom()).isEqualTo("500");
        assertThat(server.watchedFrom()).isEqualTo("20");
        return watch;
    }

    private void graceIsOver() {
        onContext(() -> {
            time.advance(GRACE);
            return Future.succeededFuture();
        });
    }

    @Test
    void tellsWhatWasKeptForTheGraceWhenThatIsOver() {
        watched();
        graceIsOver();
        assertThat(told).containsExactly(new RegistryChange(RegistryChange.Action.DELETE, A));
    }

    @Test
    void tellsNothingMoreOnceItHasEnded() {
        watched();
        onContext(() -> {
            following.stop();
            return Future.succeededFuture();
        });
        graceIsOver();
        assertThat(told).isEmpty();
    }
}
