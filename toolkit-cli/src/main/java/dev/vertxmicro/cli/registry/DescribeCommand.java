package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.Nearest;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.Future;
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
                                        + " endpoints with the fields of request and response; those that calls would go to, where selector.type"
                                        + " finds nodes elsewhere than the registry. With --json an array with one object a"
                                        + " version, as go-micro has it. Of a registry that is made of others it says which of them"
                                        + " knows which node. With --ejected the nodes of all services are asked"
                                        + " which nodes of this one they leave out, since they fail or say nothing.")
                        .argument("service", "Name of the service.")
                        .toggle("ejected", "Says which nodes are left out, and by whom."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        String service = line.argument("service");
        List<ServiceInfo> versions = found(line, session, service);
        Optional<EjectionSurvey> survey =
                line.has("ejected") ? Optional.of(survey(line, session, service)) : Optional.empty();
        if (versions.isEmpty() && survey.map(EjectionSurvey::isEmpty).orElse(true)) {
            throw unknown(line, session);
        }
        MemberSurvey members = foundElsewhere(service, session).isEmpty()
                ? MemberSurvey.of(session, service, timeout(line))
                : new MemberSurvey(List.of());
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            versions.stream().map(ServiceJson::write).forEach(array::add);
            if (!members.isEmpty()) {
                members.addTo(array);
                members.complaints().forEach(System.err::println);
            }
            survey.ifPresent(asked -> asked.addTo(array));
            Output.json(array);
        } else {
            Output.line(ServiceText.describe(service, foundElsewhere(service, session), versions));
            if (!members.isEmpty()) {
                Output.line("\n" + members.text());
            }
            survey.ifPresent(asked -> Output.line((versions.isEmpty() ? "" : "\n") + asked.text()));
        }
    }

    /** Names what calls go by where that is not the registry; else nothing. */
    private static String foundElsewhere(String service, RegistrySession session) {
        String asked = session.asked(service);
        return asked.startsWith("registry ") ? "" : asked;
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
        String asked = session.asked(service);
        List<String> known = known(line, session, service);
        if (known.contains(service)) {
            return LaunchException.failed(service + ": no node answers now (" + asked
                    + " has its name; one that has died is forgotten when its TTL is over)");
        }
        String nearest = Nearest.of(service, known)
                .map(name -> "; nearest known: " + name)
                .orElse("");
        return LaunchException.failed(service + ": not found (" + asked + nearest + ")");
    }

    /** Looks once more where the registry has the name, but nobody answered in time. */
    private static List<ServiceInfo> found(CommandLine line, RegistrySession session, String service) {
        List<ServiceInfo> versions = session.find(service, timeout(line));
        return versions.isEmpty() && known(line, session, service).contains(service)
                ? session.find(service, timeout(line))
                : versions;
    }

    /** The names that the registry lists, where it is the one that is asked. */
    private static List<String> known(CommandLine line, RegistrySession session, String service) {
        return foundElsewhere(service, session).isEmpty()
                ? session.ask(DescribeCommand::listed, timeout(line))
                : List.of();
    }

    /** What a registry that lists nothing refuses is no answer to what was asked. */
    private static Future<List<String>> listed(Registry registry) {
        return registry.list()
                .recover(failure -> EjectionSurvey.refused(failure)
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(failure));
    }
}
