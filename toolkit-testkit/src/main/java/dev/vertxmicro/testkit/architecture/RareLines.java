package dev.vertxmicro.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds that what is logged goes through a warning that is rare, but for methods somebody has looked at: whoever names a level
 * that is shown by default logs as often as he is called.
 */
final class RareLines extends ArchCondition<JavaClass> {
    private static final String LEVEL = "java.lang.System$Logger$Level";
    private static final Set<String> SHOWN = Set.of("INFO", "WARNING", "ERROR");
    private static final Set<String> OTHER_LOGGERS = Set.of(
            "java.util.logging.Logger",
            "io.vertx.core.internal.logging.Logger",
            "io.netty.util.internal.logging.InternalLogger",
            "org.slf4j.Logger");

    private final Map<String, String> reviewed;
    private final Set<String> met = new TreeSet<>();

    RareLines(Map<String, String> reviewed) {
        super("log only rarely what a peer can provoke");
        this.reviewed = Map.copyOf(reviewed);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            String owner = access.getTargetOwner().getName();
            boolean shown =
                    owner.equals(LEVEL) && SHOWN.contains(access.getTarget().getName());
            if (!shown && !OTHER_LOGGERS.contains(owner)) {
                continue;
            }
            String place = type.getName() + "." + access.getOrigin().getName();
            met.add(place);
            if (!reviewed.containsKey(place)) {
                events.add(SimpleConditionEvent.violated(
                        type,
                        place + " logs as often as it is called " + access.getSourceCodeLocation()
                                + " (expected: a RareWarning, or a reason in the list of reviewed lines)"));
            }
        }
    }

    @Override
    public void finish(ConditionEvents events) {
        reviewed.keySet().stream()
                .filter(place -> !met.contains(place))
                .sorted()
                .forEach(place ->
                        events.add(SimpleConditionEvent.violated(place, place + " is reviewed but logs nothing")));
    }
}
