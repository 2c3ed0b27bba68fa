package dev.vertxmicro.bench.measure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a scenario is to reach, and what it did. */
public final class Goals {

    private record Reached(String what, double value, double goal, boolean met, String relation, boolean speed) {
        String text() {
            return what + " " + shown(value) + " goal " + relation + shown(goal) + (met ? "" : " MISSED");
        }
    }

    private static String shown(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private final List<Reached> all = new ArrayList<>();

    /** Makes one without goals. */
    public Goals() {}

    /**
     * Adds one that is reached from below.
     *
     * @param what  name
     * @param value reached
     * @param goal  the most that is good
     * @return this
     */
    public Goals atMost(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value <= goal, "<=", false));
        return this;
    }

    /**
     * Adds one that is reached from above.
     *
     * @param what  name
     * @param value reached
     * @param goal  the least that is good
     * @return this
     */
    public Goals atLeast(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value >= goal, ">=", false));
        return this;
    }

    /**
     * Adds one that says nothing on a machine that does much else.
     *
     * @param what  name
     * @param value reached
     * @param goal  the most that is good
     * @return this
     */
    public Goals fastAtMost(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value <= goal, "<=", true));
        return this;
    }

    /**
     * Adds one that says nothing on a machine that does much else.
     *
     * @param what  name
     * @param value reached
     * @param goal  the least that is good
     * @return this
     */
    public Goals fastAtLeast(String what, double value, double goal) {
        all.add(new Reached(what, value, goal, value >= goal, ">=", true));
        return this;
    }

    /**
     * Tells whether all are met.
     *
     * @return whether they are
     */
    public boolean met() {
        return all.stream().allMatch(Reached::met);
    }

    /**
     * Tells whether those are met that do not depend on how fast the machine is.
     *
     * @return whether they are
     */
    public boolean metAtAnySpeed() {
        return all.stream().allMatch(goal -> goal.met() || goal.speed());
    }

    /**
     * Words them.
     *
     * @return one line
     */
    public String text() {
        return all.stream().map(Reached::text).collect(Collectors.joining(", "));
    }
}
