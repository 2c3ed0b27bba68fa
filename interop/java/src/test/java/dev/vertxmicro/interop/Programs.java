package dev.vertxmicro.interop;

import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;

/** Starts the peers of both sides. */
final class Programs {
    static final GoProgram GO = GoProgram.build("interop/go");

    private Programs() {}

    /** Serves in Java, and waits until it is registered. */
    static JavaProcess serveJava(NetworkNamespace network, String service, JsonObject descriptor) {
        JsonObject named = descriptor
                .copy()
                .put("service", new JsonObject().put("name", service).put("version", "1.0.0"));
        JavaProcess server = vertx(network, "run", PeerVerticle.class.getName(), "-conf", named.encode());
        server.await("Registering node: " + service + "-");
        return server;
    }

    /** Serves in Go, and waits until it is registered. */
    static GoProcess serveGo(NetworkNamespace network, String service, String... flags) {
        GoProcess server = GO.start(network, words("serve", "-service", service, flags));
        server.await("\"serving\"");
        return server;
    }

    /** Calls from Java, all rows or those named. */
    static JavaProcess callJava(
            NetworkNamespace network, String service, String types, JsonObject descriptor, String... rows) {
        return JavaProcess.start(
                network, PeerProgram.class.getName(), words(service, types, descriptor.encode(), rows));
    }

    /** Calls from Go, all rows or those named. */
    static GoProcess callGo(NetworkNamespace network, String service, String types, String... flagsAndRows) {
        return GO.start(network, words("check", "-type", types, "-service", service, flagsAndRows));
    }

    /** Runs {@code bin/vertx}. */
    static JavaProcess vertx(NetworkNamespace network, String... arguments) {
        return JavaProcess.start(network, "dev.vertxmicro.launcher.MicroLauncher", arguments);
    }

    static String[] words(Object... parts) {
        return Arrays.stream(parts)
                .flatMap(part -> part instanceof String[] many ? Arrays.stream(many) : Stream.of((String) part))
                .toArray(String[]::new);
    }
}
