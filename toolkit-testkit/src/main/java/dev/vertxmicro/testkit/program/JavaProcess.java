package dev.vertxmicro.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of the test: a peer, a service, a program. Closing it ends it. */
public final class JavaProcess extends ChildProcess {

    private JavaProcess(Process process) {
        super(process);
    }

    /**
     * Starts a JVM in a network of its own.
     *
     * @param network   the only network that it sees
     * @param mainClass class of its main method
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public static JavaProcess start(NetworkNamespace network, String mainClass, String... arguments) {
        return start(network.inside(), List.of(), mainClass, arguments);
    }

    /**
     * Starts a JVM in the network of the test. What it sends must stay on the loopback interface.
     *
     * @param mainClass class of its main method
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public static JavaProcess start(String mainClass, String... arguments) {
        return start(List.of(), List.of(), mainClass, arguments);
    }

    /**
     * Starts a JVM in the network of the test, with options of its own, such as a small heap.
     *
     * @param options   of the JVM
     * @param mainClass class of its main method
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public static JavaProcess startWith(List<String> options, String mainClass, String... arguments) {
        return start(List.of(), options, mainClass, arguments);
    }

    private static JavaProcess start(List<String> before, List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        try {
            return new JavaProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
