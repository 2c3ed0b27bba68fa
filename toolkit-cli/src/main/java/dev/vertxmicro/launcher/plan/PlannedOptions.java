package dev.vertxmicro.launcher.plan;

import dev.vertxmicro.config.Section;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Reads how a verticle is deployed, Vert.x's own options, from {@code options} of a topology or a service file. */
public final class PlannedOptions {
    private static final int FIRST_VIRTUAL = 21;
    /** What may stand there beside {@code config}, as Vert.x calls it. */
    static final List<String> KEYS = List.of(
            "threadingModel",
            "instances",
            "workerPoolName",
            "workerPoolSize",
            "maxWorkerExecuteTime",
            "maxWorkerExecuteTimeUnit",
            "ha");

    private PlannedOptions() {}

    /**
     * Reads them; {@code config} is left to others.
     *
     * @param section the options
     * @return what they say
     * @throws dev.vertxmicro.config.ConfigException for a bad value, with its JSON path
     */
    public static DeploymentOptions from(Section section) {
        DeploymentOptions options = new DeploymentOptions();
        ThreadingModel threading = section.choice(
                "threadingModel",
                options.getThreadingModel(),
                words(List.of(ThreadingModel.EVENT_LOOP, ThreadingModel.WORKER, ThreadingModel.VIRTUAL_THREAD)));
        int instances = section.integer("instances", options.getInstances());
        int workers = section.integer("workerPoolSize", options.getWorkerPoolSize());
        long longest = section.wholeNumber("maxWorkerExecuteTime", options.getMaxWorkerExecuteTime());
        TimeUnit unit = section.choice(
                "maxWorkerExecuteTimeUnit", options.getMaxWorkerExecuteTimeUnit(), words(List.of(TimeUnit.values())));
        String pool = section.string("workerPoolName", "");
        boolean ha = section.bool("ha", options.isHa());
        return section.build(() -> {
            atLeastOne("instances", instances);
            atLeastOne("workerPoolSize", workers);
            atLeastOne("maxWorkerExecuteTime", longest);
            require(
                    threading != ThreadingModel.VIRTUAL_THREAD
                            || Runtime.version().feature() >= FIRST_VIRTUAL,
                    "threadingModel",
                    "\"VIRTUAL_THREAD\" on Java " + Runtime.version().feature(),
                    "Java 21 or newer, or WORKER");
            return options.setThreadingModel(threading)
                    .setInstances(instances)
                    .setWorkerPoolSize(workers)
                    .setMaxWorkerExecuteTime(longest)
                    .setMaxWorkerExecuteTimeUnit(unit)
                    .setWorkerPoolName(pool.isEmpty() ? options.getWorkerPoolName() : pool)
                    .setHa(ha);
        });
    }

    private static <E extends Enum<E>> Map<String, E> words(List<E> values) {
        return values.stream().collect(Collectors.toMap(Enum::name, value -> value));
    }

    private static void atLeastOne(String name, long value) {
        require(value >= 1, name, value, ">= 1");
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
