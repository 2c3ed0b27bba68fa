package dev.vertxmicro.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** A network of a test's own, with only loopback up: what is sent inside stays inside. Gone when it is closed. */
public final class NetworkNamespace implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "micro" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    private final Thread hook = new Thread(this::delete);

    private NetworkNamespace() {}

    /**
     * Makes one; skips the test where this user cannot, but fails it on CI.
     *
     * @return the namespace
     */
    public static NetworkNamespace create() {
        NetworkNamespace namespace = new NetworkNamespace();
        String reason = "network namespaces need root and the program ip (package iproute2)";
        boolean made = attempt(List.of("ip", "netns", "add", namespace.name));
        if (!made && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.assumeTrue(made, reason);
        Runtime.getRuntime().addShutdownHook(namespace.hook);
        namespace.ip("link", "set", "lo", "up");
        return namespace;
    }

    /**
     * Names the namespace, as {@code ip netns} does.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Runs {@code ip} inside.
     *
     * @param arguments its arguments
     */
    public void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        if (!attempt(command)) {
            throw new AssertionError("failed: " + command);
        }
    }

    /**
     * Gives loopback what programs want that look for an interface of multicast, go-micro's among them.
     *
     * @return this
     */
    public NetworkNamespace withMulticast() {
        ip("link", "set", "lo", "multicast", "on");
        ip("route", "add", "224.0.0.0/4", "dev", "lo");
        return this;
    }

    /**
     * Gives what is put before a command to run it inside.
     *
     * @return the beginning of the command
     */
    public List<String> inside() {
        return List.of("ip", "netns", "exec", name);
    }

    private static boolean attempt(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void delete() {
        attempt(List.of("ip", "netns", "del", name));
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
