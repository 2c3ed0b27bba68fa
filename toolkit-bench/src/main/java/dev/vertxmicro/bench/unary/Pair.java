package dev.vertxmicro.bench.unary;

import java.io.IOException;
import java.util.List;

/** Server and client process of one subject. */
final class Pair implements AutoCloseable {
    private final Subject subject;
    private final WorkerProcess server;
    private final WorkerProcess client;

    private Pair(Subject subject, WorkerProcess server, WorkerProcess client) {
        this.subject = subject;
        this.server = server;
        this.client = client;
    }

    static Pair start(Subject subject, UnaryOptions options) throws IOException {
        List<String> jvm = options.jvm();
        WorkerProcess server = WorkerProcess.start(jvm, "serve", subject.name());
        try {
            String port = server.read();
            String pool = Integer.toString(options.poolSize());
            WorkerProcess client = WorkerProcess.start(jvm, "call", subject.name(), port, pool);
            client.read();
            return new Pair(subject, server, client);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    Subject subject() {
        return subject;
    }

    /** Ties the loops to the same processor or to one each. */
    boolean pin(int serverCpu, int clientCpu) throws IOException, InterruptedException {
        return Pinning.pin(server.pid(), subject.loopThreads(), serverCpu)
                && Pinning.pin(client.pid(), subject.loopThreads(), clientCpu);
    }

    Sample run(int concurrency, long millis) throws IOException {
        Usage before = usage();
        Load load = Load.parse(client.ask("run " + concurrency + " " + millis));
        return new Sample(load, usage().minus(before));
    }

    private Usage usage() throws IOException {
        return Usage.parse(server.ask("usage")).plus(Usage.parse(client.ask("usage")));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
