package dev.vertxmicro.registry.fixed;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.CurrentContext;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticRegistryTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final StaticRegistryOptions DEFAULTS = StaticRegistryOptions.DEFAULTS;
    private static final Duration TTL = Duration.ofSeconds(60);

    private final List<Registry> registries = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void closeRegistries() {
        registries.forEach(registry -> result(registry.close()));
    }

    @AfterAll
    static void stop() {
        result(VERTX.close());
    }

    private Registry registry(StaticRegistryOptions options) {
        Registry registry = StaticRegistry.create(VERTX, options);
        registries.add(registry);
        return registry;
    }

    private Path file() {
        return directory.resolve("services.txt");
    }

    private Registry ofFile() {
        return registry(DEFAULTS.withFile(file().toString()).withReload(Duration.ofMillis(20)));
    }

    /** As whoever takes care does it: never half there. */
    private void write(String... lines) throws IOException {
        Path fresh = Files.write(directory.resolve("fresh.txt"), List.of(lines));
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static ServiceInfo service(String name, String version, Node... nodes) {
        return new ServiceInfo(name, version, Map.of(), List.of(), List.of(nodes));
    }

    private static Node node(String address) {
        return new Node(address, address, Map.of("protocol", "mucp"));
    }

    private static RegistryChange change(Action action, String address) {
        return new RegistryChange(action, service("greeter", "", node(address)));
    }

    @Test
    void findsWhatTheOptionsSay() {
        FixedService old = FixedService.of("greeter", "10.1.2.3:9001", "[fd00::1]:9002");
        FixedService fresh =
                new FixedService("greeter", List.of("10.1.2.3:9003"), "2.0.0", Map.of("zone", "b", "protocol", "grpc"));
        Registry registry = registry(DEFAULTS.withServices(fresh, old, FixedService.of("shop", "shop.example:80")));
        assertThat(result(registry.get("greeter")))
                .containsExactly(
                        service("greeter", "", node("10.1.2.3:9001"), node("[fd00::1]:9002")),
                        service(
                                "greeter",
                                "2.0.0",
                                new Node("10.1.2.3:9003", "10.1.2.3:9003", Map.of("zone", "b", "protocol", "grpc"))));
        assertThat(result(registry.get("nobody"))).isEmpty();
        assertThat(result(registry.list())).containsExactly("greeter", "shop");
        assertThat(registry.type()).isEqualTo("static");
    }

    @Test
    void tellsWhatChangesInTheFile() throws IOException {
        write("# ours", "greeter 10.1.2.3:9001 10.1.2.4:9001 # two", "", "shop 10.1.2.5:80");
        Registry registry = ofFile();
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        result(registry.watch(changes));
        assertThat(result(registry.get("greeter")))
                .containsExactly(service("greeter", "", node("10.1.2.3:9001"), node("10.1.2.4:9001")));
        write("greeter 10.1.2.4:9001", "greeter\t10.1.2.6:9001");
        assertThat(List.of(changes.next(), changes.next()))
                .containsExactlyInAnyOrder(
                        change(Action.DELETE, "10.1.2.3:9001"), change(Action.CREATE, "10.1.2.6:9001"));
        assertThat(result(registry.list())).containsExactly("greeter");
        write("greeter 10.1.2.4:9001 zone=b", "greeter 10.1.2.6:9001");
        RegistryChange update = changes.next();
        assertThat(update.action()).isEqualTo(Action.UPDATE);
        assertThat(update.service().nodes().get(0).metadata()).containsEntry("zone", "b");
    }

    @Test
    void keepsWhatABrokenFileHeldAndSaysWhichLineIsWrong() throws IOException {
        write("greeter 10.1.2.3:9001");
        Registry registry = ofFile();
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        result(registry.watch(changes));
        try (RecordedLogs logs = RecordedLogs.of(FileWatch.class)) {
            write("# changed", "greeter 10.1.2.3");
            assertThat(logs.next())
                    .isEqualTo(
                            "static: " + file() + " line 2: address: 10.1.2.3 (expected: host:port, port 1 to 65535);"
                                    + " what it held before stays");
            assertThat(result(registry.get("greeter"))).containsExactly(service("greeter", "", node("10.1.2.3:9001")));
            Files.delete(file());
            assertThat(result(registry.get("greeter"))).isNotEmpty();
            write("greeter 10.1.2.3:9002");
            assertThat(List.of(changes.next(), changes.next()))
                    .containsExactlyInAnyOrder(
                            change(Action.DELETE, "10.1.2.3:9001"), change(Action.CREATE, "10.1.2.3:9002"));
        }
    }

    @Test
    void failsUntilTheFileIsGoodForTheFirstTime() throws IOException {
        Registry registry = ofFile();
        MicroException missing = failure(registry.get("greeter"));
        assertThat(missing.code()).isEqualTo(500);
        assertThat(missing.detail())
                .isEqualTo("static: " + file() + ": no such file (expected: a file with a service a line)");
        assertThat(failure(registry.list()).code()).isEqualTo(500);
        assertThat(failure(registry.watch(change -> {})).code()).isEqualTo(500);
        write("greeter");
        assertThat(failure(registry.get("greeter")).detail())
                .contains("line 1: greeter without an address (expected: ");
        write("greeter 10.1.2.3:9001");
        assertThat(result(registry.get("greeter"))).hasSize(1);
    }

    @Test
    void refusesLinesThatSayNothingOrTwoThings() {
        assertThat(refusal("greeter 10.1.2.3:9001", "greeter zone=b 10.1.2.3:9001"))
                .isEqualTo("f line 2: greeter at 10.1.2.3:9001 again (expected: once; line 1 has it)");
        assertThat(refusal("greeter 10.1.2.3:9001 =b")).isEqualTo("f line 1: =b (expected: key=value)");
        assertThat(refusal("greeter 10.1.2.3:0")).startsWith("f line 1: address: 10.1.2.3:0 (expected: ");
        assertThat(ServiceFile.parse("f", "greeter 10.1.2.3:9001\r\ngreeter 10.1.2.3:9001 version=2\r\n")
                        .services())
                .hasSize(2);
    }

    private static String refusal(String... lines) {
        try {
            return "read " + ServiceFile.parse("f", String.join("\n", lines));
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void readsAnyTextOrSaysInOneShortLineWhereItIsWrong() {
        String[] words = {
            "greeter",
            "10.1.2.3:9001",
            "[::1]:1",
            ":",
            "=",
            "a=b",
            "version=",
            "#",
            "\n",
            "\r",
            "\t",
            " ",
            "\0",
            "\u00e4",
            "{\"a\":",
            "[",
            "]",
            "@",
            "/",
            "99999",
            ":0",
            "x".repeat(1000),
            "\u2028"
        };
        SplittableRandom random = new SplittableRandom(11);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            String said = refusal(text.toString());
            read += said.startsWith("read ") ? 1 : 0;
            assertThat(said).as("%s", text).matches("(?s)(read |f line [0-9]+: .{1,300}).*");
        }
        assertThat(read).isBetween(100, 19_900);
        assertThat(refusal("greeter " + "x".repeat(100_000))).hasSizeLessThan(400);
    }

    @Test
    void readsNoFileThatIsTooLongOrNone() throws IOException {
        Files.write(file(), new byte[ServiceFile.MOST_BYTES + 1]);
        Registry registry = ofFile();
        assertThat(failure(registry.get("greeter")).detail()).contains("too long (expected: at most 4194304 bytes)");
        Registry ofDirectory = registry(DEFAULTS.withFile(directory.toString()));
        assertThat(failure(ofDirectory.get("greeter")).detail()).contains("no plain file");
    }

    @Test
    void holdsTenThousandNodes() throws IOException {
        write(IntStream.range(0, 10_000)
                .mapToObj(i -> "service" + i % 1000 + " 10.0." + i / 250 + "." + (i % 250 + 1) + ":9001")
                .toArray(String[]::new));
        Registry registry = ofFile();
        assertThat(result(registry.list())).hasSize(1000);
        assertThat(result(registry.get("service7")).get(0).nodes()).hasSize(10);
    }

    @Test
    void takesWhoRegistersForRegisteredAndWarnsOnceOfWhomTheListDoesNotHave() {
        Registry registry = registry(DEFAULTS.withServices(FixedService.of("greeter", "10.1.2.3:9001")));
        ServiceInfo listed = service("greeter", "1", new Node("greeter-1", "10.1.2.3:9001", Map.of()));
        ServiceInfo unlisted = service("greeter", "1", new Node("greeter-2", "10.1.2.9:9001", Map.of()));
        try (RecordedLogs logs = RecordedLogs.of(StaticRegistry.class)) {
            result(registry.register(listed, TTL));
            assertThat(logs.count()).isZero();
            result(registry.register(unlisted, TTL));
            result(registry.register(unlisted, TTL));
            assertThat(logs.all())
                    .containsExactly("static: greeter at 10.1.2.9:9001 is not in the list, so nobody finds it there"
                            + " (expected: an element of registry.static.services)");
        }
        result(registry.deregister(listed));
        assertThat(result(registry.get("greeter"))).containsExactly(service("greeter", "", node("10.1.2.3:9001")));
        assertThat(failure(registry.register(service("greeter", "1"), TTL)).code())
                .isEqualTo(400);
    }

    @Test
    void refusesWhoRegistersIfToldTo() {
        Registry registry = registry(DEFAULTS.withRegister(RegisterRule.REFUSE));
        ServiceInfo service = service("greeter", "1", node("10.1.2.3:9001"));
        assertThat(failure(registry.register(service, TTL)).code()).isEqualTo(400);
        assertThat(failure(registry.deregister(service)).detail()).contains("(expected: ");
    }

    @Test
    void callsBackOnTheContextOfTheCaller() throws IOException {
        write("greeter 10.1.2.3:9001");
        Registry registry = ofFile();
        Context context = VERTX.getOrCreateContext();
        Promise<Boolean> got = Promise.promise();
        Promise<Boolean> told = Promise.promise();
        context.runOnContext(start -> registry.watch(change -> told.tryComplete(CurrentContext.is(context)))
                .compose(watch -> registry.get("greeter"))
                .map(found -> CurrentContext.is(context))
                .onComplete(got));
        assertThat(result(got.future())).isTrue();
        write("greeter 10.1.2.3:9002");
        assertThat(result(told.future())).isTrue();
    }

    @Test
    void tellsAClosedWatchNothing() throws IOException {
        write("greeter 10.1.2.3:9001");
        Registry registry = ofFile();
        List<RegistryChange> closed = new ArrayList<>();
        result(registry.watch(closed::add)).close();
        RecordingWatcher open = RecordingWatcher.of("greeter");
        result(registry.watch(open));
        write("greeter 10.1.2.3:9002");
        open.next();
        open.next();
        assertThat(closed).isEmpty();
    }

    @Test
    void failsAfterItWasClosedTwice() {
        Registry registry = registry(DEFAULTS);
        result(registry.close());
        result(registry.close());
        ServiceInfo service = service("greeter", "1", node("10.1.2.3:9001"));
        List<Future<?>> late = List.of(
                registry.register(service, TTL),
                registry.deregister(service),
                registry.get("greeter"),
                registry.list(),
                registry.watch(change -> {}));
        assertThat(late.stream().map(each -> failure(each).code()).collect(Collectors.toSet()))
                .containsExactly(500);
    }
}
