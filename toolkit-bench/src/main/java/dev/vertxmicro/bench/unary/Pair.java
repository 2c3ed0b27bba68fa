package dev.vertxmicro.bench.unary;

import dev.vertxmicro.bench.unary.subject.Subject;
import dev.vertxmicro.bench.unary.worker.Pinning;
import dev.vertxmicro.bench.unary.worker.ProcessUsage;
import dev.vertxmicro.bench.unary.worker.WindowLoad;
import dev.vertxmicro.bench.unary.worker.WorkerProcess;
import java.io.IOException;
import java.util.List;

/** Server and client process of one line of the table. */
final class Pair implements AutoCloseable {
    private final String name;
    private final String loopThreads;
    private final WorkerProcess server;
    private final WorkerProcess client;

    private Pair(String name, String loopThreads, WorkerProcess server, WorkerProcess client) {
        this.name = name;
        this.loopThreads = loopThreads;
        this.server = server;
        this.client = client;
    }

    /** Starts a process; a client gets the port to call. */
    interface Start {
        WorkerProcess at(String port) throws IOException;
    }

    static Pair start(Subject subject, UnaryOptions options) throws IOException {
        List<String> jvm = options.jvm();
        String pool = Integer.toString(options.poolSize());
        return start(
                subject.name(),
                subject.loopThreads(),
                none -> WorkerProcess.start(jvm, "serve", subject.name()),
                port -> WorkerProcess.start(jvm, "call", subject.name(), port, pool));
    }

    /**
     * Starts a pair.
     *
     * @param name        in the table
     * @param loopThreads the threads to pin in both processes; empty for none
     * @param serve       starts the server
     * @param call        starts the client
     */
    static Pair start(String name, String loopThreads, Start serve, Start call) throws IOException {
        WorkerProcess server = serve.at("");
        try {
            WorkerProcess client = call.at(server.read());
            client.read();
            return new Pair(name, loopThreads, server, client);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** Ties the loops to the same processor or to one each; fine if there is nothing to tie. */
    boolean pin(int serverCpu, int clientCpu) throws IOException, InterruptedException {
        return loopThreads.isEmpty()
                || (Pinning.pin(server.pid(), loopThreads, serverCpu)
                        && Pinning.pin(client.pid(), loopThreads, clientCpu));
    }

    WindowSample run(int concurrency, long millis) throws IOException {
        ProcessUsage before = usage();
        WindowLoad load = WindowLoad.parse(client.ask("run " + concurrency + " " + millis));
        return new WindowSample(load, usage().minus(before));
    }

    private ProcessUsage usage() throws IOException {
        return ProcessUsage.parse(server.ask("usage")).plus(ProcessUsage.parse(client.ask("usage")));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
