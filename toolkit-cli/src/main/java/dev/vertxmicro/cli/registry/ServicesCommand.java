package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the services of a registry with their versions and numbers of nodes. */
public final class ServicesCommand extends RegistryCommand {
    /** How many services are looked up at once. */
    private static final int AT_ONCE = 64;

    /** For the table of commands. */
    public ServicesCommand() {}

    @Override
    public Usage usage() {
        return shared(
                        Usage.named("services", "Lists the services that a registry knows.")
                                .describedAs(
                                        "Prints a line for each version of each service: name, version, number of nodes.")
                                .toggle(
                                        "names",
                                        "Prints the names alone: one question to the registry, however many services there are."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        List<String> names = session.hear(Registry::list, List::isEmpty, timeout(line));
        if (line.has("names")) {
            names(line, names, session);
            return;
        }
        Map<String, List<ServiceInfo>> services = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            lookUp(names.subList(from, Math.min(names.size(), from + AT_ONCE)), session, services, timeout(line));
        }
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            services.forEach((name, versions) ->
                    array.add(new JsonObject().put("name", name).put("versions", ServiceText.counts(versions))));
            json(array, session);
        } else {
            ServiceText.table(services).forEach(Output::line);
        }
    }

    private static void names(CommandLine line, List<String> names, RegistrySession session) {
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            names.forEach(name -> array.add(new JsonObject().put("name", name)));
            json(array, session);
        } else {
            names.forEach(Output::line);
        }
    }

    private static void json(JsonArray services, RegistrySession session) {
        Output.json(new JsonObject().put("registry", session.registry().type()).put("services", services));
    }

    /** Those that left since they were listed are left out. */
    private static void lookUp(
            List<String> names, RegistrySession session, Map<String, List<ServiceInfo>> services, Duration timeout) {
        List<List<ServiceInfo>> found = session.hear(
                registry -> {
                    List<Future<List<ServiceInfo>>> asked = new ArrayList<>();
                    names.forEach(name -> asked.add(registry.get(name)));
                    return Future.all(asked).map(done -> done.<List<ServiceInfo>>list());
                },
                answers -> answers.stream().anyMatch(List::isEmpty),
                timeout);
        for (int i = 0; i < names.size(); i++) {
            if (!found.get(i).isEmpty()) {
                services.put(names.get(i), found.get(i));
            }
        }
    }
}
