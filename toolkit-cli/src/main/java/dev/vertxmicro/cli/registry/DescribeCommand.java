package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Says what a registry knows of one service. */
public final class DescribeCommand extends RegistryCommand {

    /** For the table of commands. */
    public DescribeCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("describe", "Shows the versions, nodes and endpoints of a service.")
                        .describedAs(
                                "Prints the versions of SERVICE, the nodes of each with address and metadata, and its"
                                        + " endpoints with the fields of request and response. With --json an array with one object a"
                                        + " version, as go-micro has it.")
                        .argument("service", "Name of the service."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        String service = line.argument("service");
        List<ServiceInfo> versions = session.ask(registry -> registry.get(service), timeout(line));
        if (versions.isEmpty()) {
            throw unknown(line, session);
        }
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            versions.forEach(version -> array.add(ServiceJson.write(version)));
            Output.json(array);
        } else {
            Output.line(ServiceText.describe(versions));
        }
    }

    private static LaunchException unknown(CommandLine line, RegistrySession session) {
        String service = line.argument("service");
        List<String> known = session.ask(registry -> registry.list(), timeout(line));
        String nearest = Nearest.of(service, known)
                .map(name -> "; nearest known: " + name)
                .orElse("");
        return LaunchException.failed(
                service + ": not found (registry " + session.registry().type() + nearest + ")");
    }
}
