package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.cli.broker.BrokerCommand;
import dev.vertxmicro.cli.registry.RegistryCommand;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a service needs around it, and says what to do. */
public final class DoctorCommand implements Command {
    /** For the table of commands. */
    public DoctorCommand() {}

    @Override
    public Usage usage() {
        return RegistryCommand.shared(
                        Usage.named("doctor", "Looks for what is wrong around a service.")
                                .describedAs(
                                        "Looks at Java, ports, multicast, registry, broker and clock, and prints a line for"
                                                + " each: what it is like, and what to do. -conf takes the descriptor of a service."))
                .build();
    }

    @Override
    public void run(CommandLine line) {
        Duration timeout = RegistryCommand.timeout(line);
        JsonObject json = new JsonObject();
        ServiceDescriptor descriptor = RegistrySession.descriptor(line, line.value("conf"), read -> {
            BrokerCommand.asGuest(read);
            json.mergeIn(read.copy());
        });
        RegistrySession session = line.has("cluster")
                ? RegistrySession.clustered(descriptor, line)
                : RegistrySession.withoutRegistry(descriptor);
        ExaminedService parts = new ExaminedService(session.vertx(), json, descriptor);
        List<Finding> findings = new ArrayList<>();
        new Doctor(CheckList.of(parts, timeout)).examine().forEach(finding -> {
            findings.add(finding);
            if (!line.has("json")) {
                Output.line(finding.line());
            }
        });
        if (line.has("json")) {
            Output.json(new JsonArray(findings.stream().map(DoctorCommand::json).toList()));
        }
        parts.close();
        session.close();
        long wrong = findings.stream().filter(finding -> !finding.well()).count();
        if (wrong > 0) {
            throw LaunchException.failed("doctor: " + wrong + " of " + findings.size() + " wrong");
        }
    }

    private static JsonObject json(Finding finding) {
        return new JsonObject()
                .put("subject", finding.subject())
                .put("ok", finding.well())
                .put("text", finding.text())
                .put("advice", finding.advice());
    }
}
