package dev.vertxmicro.bench.faults;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a scenario is to reach, and what it did. */
final class Goals {
    private record Reached(String what, double value, double goal, boolean met, String relation, boolean speed) {
        String text() {
            return what + " " + shown(value) + " goal " + relation + shown(goal) + (met ? "" : " MISSED");
        }
    }

    private static String shown(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private final List<Reached> all = new ArrayList<>();

    Goals atMost(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value <= goal, "<=", false));
        return this;
    }

    Goals atLeast(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value >= goal, ">=", false));
        return this;
    }

    /** A goal that says nothing on a machine that does much else. */
    Goals millisAtMost(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value <= goal, "<=", true));
        return this;
    }

    boolean met() {
        return all.stream().allMatch(Reached::met);
    }

    /** Tells whether those are met that do not depend on how fast the machine is. */
    boolean metAtAnySpeed() {
        return all.stream().allMatch(goal -> goal.met() || goal.speed());
    }

    String text() {
        return all.stream().map(Reached::text).collect(Collectors.joining(", "));
    }
}
