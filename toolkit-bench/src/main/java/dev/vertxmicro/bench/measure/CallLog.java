package dev.vertxmicro.bench.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What became of each call of a run.
 *
 * @param entries the calls
 */
public record CallLog(List<Entry> entries) {
    /** Nobody answered. */
    public static final int NO_NODE = -1;

    private static final int SHOWN = 110;

    /**
     * One call.
     *
     * @param at      when it was due, in milliseconds of the clock
     * @param micros  how long it took
     * @param caller  who made it, a number; makes no two at a time
     * @param node    who answered
     * @param failure why nobody did; empty if somebody did
     */
    public record Entry(long at, long micros, int caller, int node, String failure) {
        /**
         * Writes it.
         *
         * @return one line
         */
        public String line() {
            return at + " " + micros + " " + caller + " " + node + " " + failure.replaceAll("\\s+", " ");
        }

        /**
         * Reads it.
         *
         * @param line as {@link #line} wrote it
         * @return the call
         */
        public static Entry parse(String line) {
            String[] words = line.split(" ", 5);
            return new Entry(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    words[4]);
        }

        /**
         * Tells whether nobody answered.
         *
         * @return whether it failed
         */
        public boolean failed() {
            return node == NO_NODE;
        }
    }

    /**
     * Those that were due in a span of time.
     *
     * @param from in milliseconds of the clock
     * @param to   the first that is not in it
     * @return the calls
     */
    public CallLog between(long from, long to) {
        return only(entry -> entry.at() >= from && entry.at() < to);
    }

    /**
     * Some of them.
     *
     * @param which says which
     * @return the calls
     */
    public CallLog only(Predicate<Entry> which) {
        return new CallLog(entries.stream().filter(which).toList());
    }

    /**
     * Counts them.
     *
     * @return how many
     */
    public int sent() {
        return entries.size();
    }

    /**
     * Counts those that nobody answered.
     *
     * @return how many
     */
    public int failed() {
        return (int) entries.stream().filter(Entry::failed).count();
    }

    /**
     * Counts the failed calls of the caller who has the most.
     *
     * @return how many
     */
    public long failedOfOneCaller() {
        return entries.stream()
                .filter(Entry::failed)
                .collect(Collectors.groupingBy(Entry::caller, Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /**
     * Counts those that a node answered.
     *
     * @param node its number
     * @return how many
     */
    public long answeredBy(int node) {
        return entries.stream().filter(entry -> entry.node() == node).count();
    }

    /**
     * Finds the latency that this share of the answered calls did not exceed.
     *
     * @param share 0 to 1
     * @return milliseconds
     */
    public double millis(double share) {
        long[] sorted = entries.stream()
                .filter(entry -> !entry.failed())
                .mapToLong(Entry::micros)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)] / 1000.0;
    }

    /**
     * Lists why calls failed, the most frequent first; what differs only in numbers is one.
     *
     * @return a line each
     */
    public List<String> failures() {
        Map<String, Integer> counts = new HashMap<>();
        entries.stream()
                .filter(Entry::failed)
                .forEach(entry -> counts.merge(entry.failure().replaceAll("[0-9]+", "N"), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .map(counted -> String.format(
                        Locale.ROOT,
                        "%d: %s",
                        counted.getValue(),
                        counted.getKey()
                                .substring(0, Math.min(SHOWN, counted.getKey().length()))))
                .collect(Collectors.toList());
    }
}
