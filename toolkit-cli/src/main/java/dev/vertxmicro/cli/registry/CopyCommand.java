package dev.vertxmicro.cli.registry;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Copies what one registry knows into another one, where the copies hold for a time. */
public final class CopyCommand extends RegistryCommand {
    private static final String ACTION = "action";
    private static final String COPY = "copy";
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final int AT_ONCE = 8;
    /** Two look-ups, and some versions to register. */
    private static final int STEPS = 4;

    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    /** For the table of commands. */
    public CopyCommand() {}

    @Override
    public Usage usage() {
        return shared(Usage.named("registry", "Copies services from one registry to another.")
                        .describedAs(
                                "Registers each node that the registry --from knows in the registry --to, for --ttl: so long the"
                                        + " services have to register there themselves. Settings are those of the"
                                        + " sections of both in -conf. Run again it renews the copies. Prints a line a service:"
                                        + " name, nodes, and whether it is new, changed, or there already. Of --to is expected that it"
                                        + " keeps what is registered without the process that did it, as consul and etcd do.")
                        .argument(ACTION, "What to do: copy, which is all there is.")
                        .flag("from", "type", "The registry that is read.")
                        .flag("to", "type", "The registry that is written.")
                        .flag("from-address", "address", "Where the registry is that is read, as --registry_address.")
                        .flag("to-address", "address", "Where the registry is that is written, as --registry_address.")
                        .flag("ttl", "duration", "How long the copies hold (default 10m).")
                        .toggle("dry-run", "Says what would be copied, and writes nothing."))
                .build();
    }

    @Override
    protected void complete(CommandLine line, JsonObject descriptor) {
        String action = line.argument(ACTION);
        if (!action.equals(COPY)) {
            throw LaunchException.usage("vertx registry: \"" + action + "\" (expected: copy)");
        }
        String from = type(line, "from");
        boolean elsewhere = line.has("from-address") || line.has("to-address");
        if (from.equals(type(line, "to")) && !elsewhere) {
            throw LaunchException.usage("--to: \"" + from + "\" (expected: another than --from, or --to-address)");
        }
        choose(line, descriptor, "from");
    }

    private static String type(CommandLine line, String flag) {
        return line.value(flag)
                .orElseThrow(() -> LaunchException.usage(
                        "vertx registry copy: no --" + flag + " (expected: --from consul --to etcd)"));
    }

    private static void choose(CommandLine line, JsonObject descriptor, String flag) {
        String type = type(line, flag);
        JsonObject registry = object(descriptor, "registry").put("type", type);
        line.value(flag + "-address")
                .ifPresent(address -> object(registry, type).put("address", address));
    }

    /** What is no object stays as it is, for its reader to refuse. */
    private static JsonObject object(JsonObject parent, String key) {
        if (parent.getValue(key) instanceof JsonObject there) {
            return there;
        }
        JsonObject made = new JsonObject();
        if (!parent.containsKey(key)) {
            parent.put(key, made);
        }
        return made;
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        Duration ttl = Typed.duration(line, "ttl").orElse(TTL);
        // never closed: that would take back what was registered
        Registry to = RegistrySession.descriptor(line, line.value("conf"), json -> choose(line, json, "to"))
                .registry()
                .apply(session.vertx());
        if (!to.outlivesProcess()) {
            throw LaunchException.usage(
                    "--to: \"" + type(line, "to")
                            + "\" (expected: a registry that keeps copies when this command has ended, such as consul or etcd)");
        }
        List<String> names = session.hear(Registry::list, List::isEmpty, timeout(line));
        RegistrySession.answer("registry " + to.type(), () -> reached(to), timeout(line));
        List<ServiceCopy> copies = copied(line, session, to, names, ttl);
        if (line.has("json")) {
            Output.json(json(line, ttl, copies));
        } else {
            Output.line(summary(line, ttl, copies));
        }
        List<String> failed = copies.stream()
                .filter(ServiceCopy::hasFailed)
                .map(ServiceCopy::name)
                .toList();
        if (!failed.isEmpty()) {
            throw LaunchException.failed("vertx registry copy: " + failed.size() + " of " + copies.size()
                    + " services not copied: " + String.join(", ", failed));
        }
    }

    /** One that cannot list is there, too. */
    private static Future<Boolean> reached(Registry to) {
        return to.list()
                .map(names -> true)
                .recover(failure ->
                        EjectionSurvey.refused(failure) ? Future.succeededFuture(true) : Future.failedFuture(failure));
    }

    private static List<ServiceCopy> copied(
            CommandLine line, RegistrySession session, Registry to, List<String> names, Duration ttl) {
        List<ServiceCopy> copies = new ArrayList<>();
        long told = System.nanoTime();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            List<Future<ServiceCopy>> running = some.stream()
                    .map(name -> ServiceCopy.copy(name, session.registry(), to, ttl, line.has("dry-run")))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                ServiceCopy copy =
                        finished(some.get(i), running.get(i), timeout(line).multipliedBy(STEPS));
                copies.add(copy);
                if (!line.has("json")) {
                    Output.line(copy.name() + "  " + ServiceText.count(copy.nodes()) + "  " + copy.word());
                }
            }
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                told = System.nanoTime();
                System.err.println(copies.size() + " of " + names.size() + " services");
            }
        }
        return copies;
    }

    private static ServiceCopy finished(String name, Future<ServiceCopy> running, Duration timeout) {
        try {
            return RegistrySession.answer(name, () -> running, timeout);
        } catch (LaunchException e) {
            return ServiceCopy.failed(name, String.valueOf(e.getMessage()));
        }
    }

    private static String summary(CommandLine line, Duration ttl, List<ServiceCopy> copies) {
        List<ServiceCopy> done = copies.stream()
                .filter(copy -> !copy.hasFailed() && copy.nodes() > 0)
                .toList();
        int nodes = done.stream().mapToInt(ServiceCopy::nodes).sum();
        return (line.has("dry-run") ? "would copy " : "copied ") + done.size()
                + (done.size() == 1 ? " service, " : " services, ") + ServiceText.count(nodes) + ", from "
                + type(line, "from") + " to " + type(line, "to") + ", for " + Durations.text(ttl);
    }

    private static JsonObject json(CommandLine line, Duration ttl, List<ServiceCopy> copies) {
        JsonArray services = new JsonArray();
        copies.forEach(copy -> services.add(copy.json()));
        return new JsonObject()
                .put("from", type(line, "from"))
                .put("to", type(line, "to"))
                .put("ttl", Durations.text(ttl))
                .put("dryRun", line.has("dry-run"))
                .put("services", services);
    }
}
