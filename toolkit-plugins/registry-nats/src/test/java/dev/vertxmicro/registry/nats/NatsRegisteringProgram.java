package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.testkit.recording.Await.result;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.program.JavaProcess;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Registers one node and renews it four times in its time to live, until it is killed; a line each time. */
final class NatsRegisteringProgram {
    private static final int RENEWALS = 4;

    private NatsRegisteringProgram() {}

    /** Starts it; it has registered when it says so first. */
    static JavaProcess start(NatsKind kind, String address, Duration ttl) {
        return JavaProcess.start(
                NatsRegisteringProgram.class.getName(), kind.name(), address, String.valueOf(ttl.toMillis()));
    }

    /** Runs until it is killed. */
    public static void main(String[] words) {
        Vertx vertx = Vertx.vertx();
        Registry registry = NatsKind.valueOf(words[0]).registry(vertx, words[1]);
        Duration ttl = Duration.ofMillis(Long.parseLong(words[2]));
        result(registry.register(NatsKind.service("greeter", 1), ttl));
        vertx.setPeriodic(ttl.toMillis() / RENEWALS, due -> registry.register(NatsKind.service("greeter", 1), ttl)
                .onSuccess(done -> System.out.println("renewed")));
    }
}
