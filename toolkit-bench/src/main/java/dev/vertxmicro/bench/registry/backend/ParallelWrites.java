package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Writes each node by itself, some at the same time. */
final class ParallelWrites {
    private static final int WRITERS = 8;

    private ParallelWrites() {}

    /** Gives the writer each service with one of its nodes; fails if the writer does. */
    static void each(List<ServiceInfo> services, Consumer<ServiceInfo> writer) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (ServiceInfo service : services) {
                for (Node node : service.nodes()) {
                    all.add(writers.submit(() -> writer.accept(service.withNodes(List.of(node)))));
                }
            }
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            writers.shutdownNow();
        }
    }
}
