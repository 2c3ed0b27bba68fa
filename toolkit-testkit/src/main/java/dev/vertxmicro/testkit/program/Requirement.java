package dev.vertxmicro.testkit.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need besides a JDK. Tests name theirs by {@link Requires}.
 *
 * <p>Programs are looked for on the path, in {@code /usr/sbin}, and in {@code ~/.cache/vertx-micro}, where {@code .ci/consul}, {@code
 * .ci/conformance} and their like put theirs. With {@code TEST_PROGRAMS=none} in the environment none is found, as on a machine that has only a JDK.
 */
public enum Requirement {
    /** A real agent of Consul. */
    CONSUL("a real Consul is needed: run .ci/consul, or put the program consul (1.8 or newer) on the path", "consul"),
    /** A real Mosquitto. */
    MOSQUITTO("a real Mosquitto is needed: install package mosquitto (2.0 or newer)", "mosquitto", "mosquitto_passwd"),
    /** A real Prometheus, and promtool. */
    PROMETHEUS("a real Prometheus is needed: install package prometheus (2.42 or newer)", "prometheus", "promtool"),
    /** A real BIND, and nsupdate. */
    BIND("a real BIND is needed: install the packages bind9 and bind9-dnsutils", "named", "nsupdate"),
    /** A real dnsmasq. */
    DNSMASQ("a real dnsmasq is needed: install package dnsmasq-base", "dnsmasq"),
    /** A real etcd. */
    ETCD("a real etcd is needed: install package etcd-server (3.4 or newer)", "etcd"),
    /** A real API server of Kubernetes, and the etcd beneath it. */
    KUBERNETES(
            "a real API server of Kubernetes is needed: run .ci/kube-apiserver, and install package etcd-server",
            "kube-apiserver",
            "etcd"),
    /** A real NATS server. */
    NATS("a real NATS server is needed: install package nats-server (2.9 or newer)", "nats-server"),
    /** A real Zipkin: a jar. */
    ZIPKIN("a real Zipkin is needed: run .ci/zipkin", "zipkin-server.jar"),
    /** Programs in Go are built. */
    GO("Go programs need the program go, 1.19 or newer (https://go.dev/dl, package golang-go)", "go"),
    /** Programs in JavaScript run. */
    NODE("JavaScript needs Node.js, 20 or newer: install package nodejs", "node"),
    /** A real browser. */
    CHROMIUM("a real Chromium is needed: install package chromium", "chromium"),
    /** A real Avahi with its tools. */
    AVAHI(
            "a real Avahi is needed: install the packages avahi-daemon, avahi-utils and dbus",
            "dbus-daemon",
            "avahi-daemon",
            "avahi-browse",
            "avahi-publish"),
    /** The runner of protobuf's conformance suite. */
    CONFORMANCE(
            "protobuf's conformance runner is needed: run .ci/conformance, or put the program conformance_test_runner on the"
                    + " path",
            "conformance_test_runner"),
    /** A real OpenTelemetry Collector. */
    OTELCOL(
            "a real OpenTelemetry Collector is needed: run .ci/otelcol, or put the program otelcol on the path",
            "otelcol"),
    /** Network namespaces. */
    NETWORK("network namespaces need root and the program ip (package iproute2)", "ip") {
        @Override
        boolean works() {
            return NetworkNamespace.canBeMade();
        }
    };

    /** Where programs are looked for besides the path. */
    static final String FOLDERS = String.join(
            File.pathSeparator,
            "/usr/sbin",
            Path.of(System.getProperty("user.home"), ".cache", "vertx-micro").toString());

    private static final boolean NONE = "none".equals(System.getenv("TEST_PROGRAMS"));

    private final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> programs;

    Requirement(String reason, String... programs) {
        this.reason = reason;
        this.programs = List.of(programs);
    }

    /**
     * Finds a program.
     *
     * @param name of its file
     * @return its path; empty if it is not installed
     */
    public static Optional<Path> program(String name) {
        if (NONE) {
            return Optional.empty();
        }
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(path, Stream.of(FOLDERS.split(File.pathSeparator)).map(Path::of))
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Finds the first program.
     *
     * @return its path
     * @throws AssertionError if it is not installed, and says what to install
     */
    public String program() {
        return program(programs.get(0)).map(Path::toString).orElseThrow(() -> new AssertionError(reason));
    }

    /**
     * Tells whether it is there.
     *
     * @return false if a program is missing, or this user may not use it
     */
    public boolean isMet() {
        return programs.stream().allMatch(name -> program(name).isPresent()) && works();
    }

    /** Tells whether its programs, being there, can be used. */
    boolean works() {
        return true;
    }

    /**
     * Says what to do where it is not met.
     *
     * @return one line
     */
    public String reason() {
        return reason;
    }

    /** Skips the test where it is not met, but fails it on CI. */
    public void check() {
        if (isMet()) {
            return; // so that a benchmark needs no JUnit
        }
        failOnCi();
        Assumptions.abort(reason);
    }

    void failOnCi() {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
    }

    static boolean succeeds(List<String> command) {
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
}
