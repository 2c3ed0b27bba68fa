package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A real agent of Consul on ports of its own of 127.0.0.1, which can be stopped, killed and started again there. Closing it kills it.
 *
 * <p>The program is {@link Requirement#CONSUL}.
 */
public final class ConsulAgent implements AutoCloseable {
    private static final int PORTS = 4;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Integer> ports;
    private final ServerProcess process;

    private ConsulAgent(Path directory, List<Integer> ports, List<String> options) {
        this.ports = ports;
        List<String> command =
                new ArrayList<>(List.of(Requirement.CONSUL.program(), "agent", "-bind=127.0.0.1", "-client=127.0.0.1"));
        command.addAll(List.of("-dns-port=-1", "-grpc-port=-1", "-hcl", "disable_update_check=true"));
        command.addAll(List.of("-http-port=" + ports.get(0), "-server-port=" + ports.get(1)));
        command.addAll(List.of("-serf-lan-port=" + ports.get(2), "-serf-wan-port=" + ports.get(3)));
        command.addAll(options);
        process = new ServerProcess("Consul", command, directory.resolve("consul-" + ports.get(0) + ".log"));
    }

    /**
     * Starts an agent that keeps all in memory, so that it has forgotten everything when it is started again.
     *
     * @param directory for its log
     * @param options   more of its command line
     * @return the agent, ready
     */
    public static ConsulAgent dev(Path directory, String... options) {
        Requirement.CONSUL.check();
        List<String> all = new ArrayList<>(List.of("-dev", "-hcl", fast()));
        all.addAll(List.of(options));
        ConsulAgent agent = new ConsulAgent(directory, freePorts(), all);
        agent.start();
        return agent;
    }

    /**
     * Starts servers that elect one of them, and keep what they know when they are started again.
     *
     * @param directory for their data and logs
     * @param size      how many
     * @return the servers, all of which know the leader
     */
    public static List<ConsulAgent> cluster(Path directory, int size) {
        Requirement.CONSUL.check();
        List<List<Integer>> ports =
                IntStream.range(0, size).mapToObj(n -> freePorts()).toList();
        List<ConsulAgent> servers = new ArrayList<>();
        for (int n = 0; n < size; n++) {
            List<String> options = new ArrayList<>(List.of("-server", "-bootstrap-expect=" + size, "-node=s" + n));
            options.addAll(List.of("-data-dir=" + directory.resolve("s" + n), "-retry-interval=1s", "-hcl", fast()));
            ports.forEach(others -> options.add("-retry-join=127.0.0.1:" + others.get(2)));
            servers.add(new ConsulAgent(directory, ports.get(n), options));
        }
        servers.forEach(ConsulAgent::launch);
        servers.forEach(ConsulAgent::awaitLeader);
        return servers;
    }

    /** Elections within seconds, as all are on one machine. */
    private static String fast() {
        return "performance { raft_multiplier = 1 }";
    }

    private static List<Integer> freePorts() {
        return IntStream.range(0, PORTS).mapToObj(n -> FreePorts.next()).toList();
    }

    /**
     * Gives the address that clients use.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + ports.get(0);
    }

    /**
     * Gives the address at which agents of other datacenters join.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String wanAddress() {
        return "127.0.0.1:" + ports.get(3);
    }

    /** Starts the agent again, on the same ports, and waits until it knows a leader. Does nothing if it runs. */
    public void start() {
        launch();
        awaitLeader();
    }

    private void launch() {
        process.start();
    }

    /** Waits until the agent knows a leader. */
    public void awaitLeader() {
        process.await(() -> !leader().isEmpty());
    }

    /**
     * Names the leader that the agent knows.
     *
     * @return its server address; empty for none
     */
    public String leader() {
        return request("GET", "/v1/status/leader", "").replaceAll("[\"\\s]", "");
    }

    /**
     * Tells whether the agent is the leader.
     *
     * @return true if so, as far as it knows
     */
    public boolean leads() {
        return leader().equals("127.0.0.1:" + ports.get(1));
    }

    /**
     * Sends a request by the API.
     *
     * @param method of HTTP
     * @param path   with the query
     * @param body   empty for none
     * @return what the agent answers, whatever the status; empty if it cannot be reached
     */
    public String request(String method, String path, String body) {
        return request(method, path, body, "");
    }

    /**
     * Sends a request by the API with a token.
     *
     * @param method of HTTP
     * @param path   with the query
     * @param body   empty for none
     * @param token  empty for none
     * @return what the agent answers, whatever the status; empty if it cannot be reached
     */
    public String request(String method, String path, String body, String token) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .timeout(Duration.ofSeconds(10))
                .header("X-Consul-Token", token)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks the agent to end and waits for it. */
    public void stop() {
        process.stop();
    }

    /** Kills the agent (SIGKILL) and waits for it. */
    public void kill() {
        process.kill();
    }

    /** Stops the agent and starts it again. */
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        process.close();
    }
}
