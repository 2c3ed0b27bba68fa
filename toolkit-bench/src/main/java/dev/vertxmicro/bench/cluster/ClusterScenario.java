package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.Goals;

/**
 * Something that happens in a cluster.
 *
 * @param name  as the command line has it
 * @param where the processes run
 * @param play  what happens
 */
record ClusterScenario(String name, Where where, Play play) {

    /** Where processes run. */
    enum Where {
        /** In networks of their own, or not at all. */
        APART,
        /** In networks of their own, on loopback where that is not allowed. */
        ANY,
        /** On loopback, servers without a registry. */
        LOOPBACK
    }

    /** Lets it happen. */
    @FunctionalInterface
    interface Play {

        /**
         * Runs, and compares with the goals.
         *
         * @param stage with nothing started
         * @return the goals, with what was reached
         * @throws Exception if the stage does not obey
         */
        Goals on(ClusterStage stage) throws Exception;
    }
}
