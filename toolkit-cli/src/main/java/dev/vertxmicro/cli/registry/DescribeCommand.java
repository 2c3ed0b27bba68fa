package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says what a registry knows of one service. */
public final class DescribeCommand extends RegistryCommand {

    private static final int SURVEY_TIMES = 10;

    /** For the table of commands. */
    public DescribeCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("describe", "Shows the versions, nodes and endpoints of a service.")
                        .describedAs(
                                "Prints the versions of SERVICE, the nodes of each with address and metadata, and its"
                                        + " endpoints with the fields of request and response. With --json an array with one object a"
                                        + " version, as go-micro has it. With --ejected the nodes of all services are asked"
                                        + " which nodes of this one they leave out, since they fail or say nothing.")
                        .argument("service", "Name of the service.")
                        .toggle("ejected", "Says which nodes are left out, and by whom."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        String service = line.argument("service");
        List<ServiceInfo> versions = session.ask(registry -> registry.get(service), timeout(line));
        if (versions.isEmpty()) {
            throw unknown(line, session);
        }
        Optional<EjectionSurvey> survey =
                line.has("ejected") ? Optional.of(survey(line, session, service)) : Optional.empty();
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            versions.stream().map(ServiceJson::write).forEach(version -> {
                survey.ifPresent(asked -> asked.addTo(version));
                array.add(version);
            });
            Output.json(array);
        } else {
            Output.line(ServiceText.describe(versions));
            survey.ifPresent(asked -> Output.line("\n" + asked.text()));
        }
    }

    /** Each node has the time for one answer, and all together that of a look at the registry besides. */
    private static EjectionSurvey survey(CommandLine line, RegistrySession session, String service) {
        Duration timeout = timeout(line);
        return session.ask(
                registry -> EjectionSurvey.of(registry, session.client(), service, timeout),
                timeout.multipliedBy(SURVEY_TIMES));
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
