package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.Goals;

/**
 * Something that fails while a client calls.
 *
 * @param name       as the command line has it
 * @param setting    of nodes and client
 * @param fault      what happens
 * @param judge      what is to come of it
 */
record Scenario(String name, Setting setting, Fault fault, Judge judge) {

    /** The same with another registry. */
    Scenario withRegistry(String type) {
        return new Scenario(name, setting.withRegistry(type), fault, judge);
    }

    /**
     * How the nodes and the client are set up.
     *
     * @param registry   type; empty for the one that the command line chooses
     * @param idempotent whether calls may be repeated
     * @param relayed    whether a relay that can drop all is before each node
     * @param strategy   of selection; empty for the default
     */
    record Setting(String registry, boolean idempotent, boolean relayed, String strategy) {
        static final Setting DEFAULT = new Setting("", false, false, "");

        Setting withRegistry(String type) {
            return new Setting(type, idempotent, relayed, strategy);
        }

        Setting asIdempotent() {
            return new Setting(registry, true, relayed, strategy);
        }

        Setting behindRelays() {
            return new Setting(registry, idempotent, true, strategy);
        }

        Setting withStrategy(String chosen) {
            return new Setting(registry, idempotent, relayed, chosen);
        }
    }

    /** Lets things fail. */
    @FunctionalInterface
    interface Fault {

        /**
         * Runs while the client calls, and ends with the scenario.
         *
         * @param stage what there is
         * @throws Exception if the stage does not obey
         */
        void happen(Stage stage) throws Exception;
    }

    /** Knows the goals. */
    @FunctionalInterface
    interface Judge {

        /**
         * Compares.
         *
         * @param log   what became of the calls
         * @param stage knows when what happened
         * @return the goals
         */
        Goals judge(CallLog log, Stage stage);
    }
}
