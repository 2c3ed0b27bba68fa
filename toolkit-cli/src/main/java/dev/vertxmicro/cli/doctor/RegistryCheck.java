package dev.vertxmicro.cli.doctor;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether the registry answers.
 *
 * @param type       of the registry
 * @param place      where it is; empty if it is nowhere
 * @param question   asks it for the names of all services
 * @param waitMillis how long to wait for its answer
 */
public record RegistryCheck(String type, String place, Supplier<Future<List<String>>> question, long waitMillis)
        implements Check {
    private static final Map<String, String> ADVICE = Map.of(
            "consul", "start it (consul agent -dev), or say where it is by --registry_address",
            "eventbus", "deploy a RegistryVerticle in the cluster, and add -cluster here",
            "mdns", "free the UDP port for all (no program may hold it alone), or choose another by --registry_address",
            "dns", "say which server is asked by --registry_address",
            "dns-sd", "see the line multicast, or choose another registry by --registry");

    @Override
    public String subject() {
        return "registry";
    }

    @Override
    public Finding look() throws Exception {
        String what = type + (place.isEmpty() ? "" : " at " + place);
        String advice = ADVICE.getOrDefault(type, "choose another by --registry");
        return AwaitedAnswer.of("registry", what, question.get(), waitMillis, advice, this::services);
    }

    private String services(List<String> names) {
        if (type.equals("dns")) {
            return "answers";
        }
        return switch (names.size()) {
            case 0 -> "no services yet";
            case 1 -> "1 service";
            default -> names.size() + " services";
        };
    }
}
