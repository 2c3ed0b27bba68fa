package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code Debug.Health}, {@code Debug.Stats} and {@code Debug.Log}, between a stock go-micro program and ours, both ways. */
@Requires({Requirement.GO, Requirement.NETWORK})
class DebugWithGoTest {
    private static final NetworkNamespace NETWORK = NetworkNamespace.create().withMulticast();

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    private static void tells(String line, String... command) {
        try (JavaProcess asking = Programs.vertx(NETWORK, command)) {
            asking.await(line);
            assertThat(asking.exitCode()).isZero();
        }
    }

    @Test
    void goAsksAServiceOfOursAboutItself() {
        try (JavaProcess server = Programs.serveJava(NETWORK, "asked", new JsonObject());
                GoProcess go = Programs.GO.start(NETWORK, "debug", "-service", "asked")) {
            go.await("{\"health\":\"ok\"}");
            go.await("{\"stats\":true}");
            go.await("Registering node: asked-");
            go.await("{\"log\":\"ended\"}");
            assertThat(go.exitCode()).isZero();
            tells("asked-", "health", "asked");
        }
    }

    @Test
    void ourCommandsAskAServiceInGoAboutItself() {
        try (GoProcess server = Programs.serveGo(NETWORK, "gopher")) {
            tells("\"status\":\"ok\"", "health", "gopher", "--json");
            tells("\"uptime\":", "stats", "gopher", "--json");
            tells("GC", "stats", "gopher");
            tells("serving gopher", "logs", "gopher");
            assertThat(server.endInput()).isZero();
        }
    }
}
