package dev.vertxmicro.bench.unary.subject;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** One of the frameworks compared: a server and a client of it, each on one event loop. */
public interface Subject {

    /** Finds a subject by the name that the table shows. */
    static Subject named(String name) {
        return Stream.concat(all().stream(), WrappedSubjects.all().stream())
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "subject: " + name + " (expected: ours, bare, grpc or one with wrappers)"));
    }

    /** Lists the subjects in the order of the table. */
    static List<Subject> all() {
        return List.of(new OurSubject(), new BareSubject(), new GrpcSubject());
    }

    /** Names the subject. */
    String name();

    /** Names its event-loop threads, as far as the kernel keeps a name: 15 characters. */
    String loopThreads();

    /** Starts its server on a free loopback port. */
    Future<Integer> serve();

    /** Makes its client. */
    Future<Caller> connect(int port, int poolSize);
}
