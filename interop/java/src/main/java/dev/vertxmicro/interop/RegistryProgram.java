package dev.vertxmicro.interop;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Asks the mDNS registry: {@code list}, {@code get NAME} or {@code watch}; answers in lines of JSON, as the Go program does. */
public final class RegistryProgram {
    private RegistryProgram() {}

    /**
     * Runs one command.
     *
     * @param args the command
     * @throws IOException if standard input cannot be read, whose end ends a watch
     */
    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx();
        MdnsRegistry registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
        Future<JsonObject> answer =
                switch (args[0]) {
                    case "list" -> registry.list().map(names -> new JsonObject().put("services", List.copyOf(names)));
                    case "get" -> registry.get(args[1]).map(RegistryProgram::found);
                    case "watch" ->
                        registry.watch(change -> Lines.print(ServiceJson.write(change)))
                                .map(new JsonObject().put("watching", "all"));
                    default -> throw new IllegalArgumentException(args[0] + " (expected: list, get or watch)");
                };
        Lines.print(answer.toCompletionStage().toCompletableFuture().join());
        if (args[0].equals("watch")) {
            Lines.awaitEndOfInput();
        }
        registry.close().onComplete(done -> vertx.close());
    }

    private static JsonObject found(List<ServiceInfo> versions) {
        JsonArray services = new JsonArray();
        versions.forEach(version -> services.add(ServiceJson.write(version)));
        return new JsonObject().put("found", services);
    }
}
