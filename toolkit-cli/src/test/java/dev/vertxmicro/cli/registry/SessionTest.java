package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever a component does instead of answering: the command gets one line and an exit code. */
class SessionTest {
    private static LaunchException asking(Supplier<Future<String>> question) {
        return catchThrowableOfType(
                LaunchException.class, () -> RegistrySession.answer("broker x", question, Duration.ofMillis(1)));
    }

    private static void refused(LaunchException refusal, int exitCode, String message) {
        assertThat(refusal).hasMessage(message);
        assertThat(refusal.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void whatIsRefusedByThrowingOrFailingIsAUsageError() {
        refused(
                asking(() -> {
                    throw new IllegalArgumentException("topic: a/+\n(expected: no wildcard)");
                }),
                2,
                "broker x: topic: a/+ (expected: no wildcard)");
        refused(asking(() -> Future.failedFuture(new IllegalArgumentException("no"))), 2, "broker x: no");
        refused(asking(() -> Future.failedFuture(MicroException.badRequest("x", "bad"))), 2, "broker x: bad");
    }

    @Test
    void whatIsThrownFails() {
        LaunchException refusal = asking(() -> {
            throw new LinkageError("gone");
        });
        assertThat(refusal.exitCode()).isEqualTo(1);
        assertThat(refusal.getMessage()).startsWith("broker x: ").contains("gone");
    }

    @Test
    void nullAndSilenceFail() {
        assertThat(asking(SessionTest::nothing).exitCode()).isEqualTo(1);
        Promise<String> never = Promise.promise();
        refused(asking(never::future), 1, "broker x: no answer within 1 ms");
    }

    @SuppressWarnings("NullAway") // what a component must not do
    private static Future<String> nothing() {
        return null;
    }
}
