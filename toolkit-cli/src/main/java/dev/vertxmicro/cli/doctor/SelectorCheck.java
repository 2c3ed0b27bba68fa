package dev.vertxmicro.cli.doctor;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether what finds nodes, where that is not the registry, answers.
 *
 * @param type       of the selector
 * @param place      where what it asks is; empty where it asks nobody, or the servers of the system
 * @param question   looks a name up that nobody has
 * @param waitMillis how long to wait for its answer
 */
public record SelectorCheck(String type, String place, Supplier<Future<?>> question, long waitMillis) implements Check {
    @Override
    public String subject() {
        return "selector";
    }

    @Override
    public Finding look() throws Exception {
        if (!type.equals("dns")) {
            return Finding.well("selector", type + ": asks nobody");
        }
        return AwaitedAnswer.of(
                "selector",
                type + (place.isEmpty() ? "" : " at " + place),
                question.get().map(List.of()),
                waitMillis,
                "say by registry.dns.address which server is asked, and by registry.dns.domain in which zone",
                answered -> "answers");
    }
}
