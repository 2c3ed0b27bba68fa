package dev.vertxmicro.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCommandTest {
    private final VertxHome vertx = VertxHome.shared();

    @TempDir
    Path directory;

    private Result make(String... arguments) {
        return vertx.run(vertx.process(arguments).directory(directory.toFile()));
    }

    @Test
    void writesAProjectOnceAndSaysHowToGoOn() {
        Result made = make("new", "order-service", "--kotlin", "--gradle", "--package", "org.shop");
        assertThat(made.err()).isEmpty();
        assertThat(made.exitCode()).isZero();
        assertThat(made.out())
                .startsWith("order-service: ")
                .contains("  cd order-service\n  ./gradlew build\n")
                .contains("vertx home/bin/vertx' run org.shop.OrderVerticle -conf conf/order-service.json"
                        + " -cp build/libs/order-service.jar\n")
                .contains("vertx home/bin/vertx' call order-service Order.Hello '{\"name\": \"davie\"}'\n");
        assertThat(directory.resolve("order-service/src/main/kotlin/org/shop/Order.kt"))
                .exists();

        Result again = make("new", "order-service");
        assertThat(again.err())
                .startsWith("order-service: has files, such as ")
                .endsWith(" (expected: no such folder, or an empty one)\n");
        assertThat(again.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "OrderService, com.example, 'NAME: \"OrderService\" (expected: lower-case letters, digits, and - _ . between"
                + " them; nearest valid: order-service)'",
        "greeter, com.new, '--package: \"com.new\": new is a keyword (expected: another word, such as new_)'",
    })
    void refusesInOneLineAndWritesNothing(String name, String packageName, String line) {
        Result refused = make("new", name, "--package", packageName, "--dir", "x/y");
        assertThat(refused.err()).isEqualTo(line + "\n");
        assertThat(refused.out()).isEmpty();
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(directory).isEmptyDirectory();
    }
}
