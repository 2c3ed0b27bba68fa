package dev.vertxmicro.cli;

import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.cli.annotations.Argument;
import io.vertx.core.cli.annotations.Description;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Says what a registry knows of one service. */
@Name("describe")
@Summary("Shows the versions, nodes and endpoints of a service.")
@Description("Prints the versions of SERVICE, the nodes of each with address and metadata, and its endpoints with the"
        + " fields of request and response. With --json an array with one object a version, as go-micro has it.")
public final class DescribeCommand extends RegistryCommand {
    private String service = "";

    /** For the factory. */
    public DescribeCommand() {}

    /**
     * Sets the service.
     *
     * @param name its name
     */
    @Argument(index = 0, argName = "service")
    @Description("Name of the service.")
    public void setService(String name) {
        service = name;
    }

    @Override
    void answer(RegistrySession session) {
        List<ServiceInfo> versions = session.ask(registry -> registry.get(service), timeout());
        if (versions.isEmpty()) {
            throw unknown(session);
        }
        if (json()) {
            JsonArray array = new JsonArray();
            versions.forEach(version -> array.add(ServiceJson.write(version)));
            Output.json(array);
        } else {
            Output.line(ServiceText.describe(versions));
        }
    }

    private LaunchException unknown(RegistrySession session) {
        List<String> known = session.ask(registry -> registry.list(), timeout());
        String nearest = Nearest.of(service, known)
                .map(name -> "; nearest known: " + name)
                .orElse("");
        return LaunchException.failed(
                service + ": not found (registry " + session.registry().type() + nearest + ")");
    }
}
