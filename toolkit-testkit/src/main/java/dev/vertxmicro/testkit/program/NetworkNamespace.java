package dev.vertxmicro.testkit.program;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
        Requirement.NETWORK.check();
        if (!namespace.make()) {
            throw new AssertionError("failed: ip netns add " + namespace.name);
        }
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
        if (!Requirement.succeeds(command)) {
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

    /** Tells whether this user can make one. Found out once. */
    static boolean canBeMade() {
        return Probe.MADE;
    }

    private static final class Probe {
        static final boolean MADE = attempt();

        private static boolean attempt() {
            NetworkNamespace probe = new NetworkNamespace();
            boolean made = probe.make();
            probe.delete();
            return made;
        }
    }

    private boolean make() {
        return Requirement.succeeds(List.of("ip", "netns", "add", name));
    }

    private void delete() {
        Requirement.succeeds(List.of("ip", "netns", "del", name));
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
