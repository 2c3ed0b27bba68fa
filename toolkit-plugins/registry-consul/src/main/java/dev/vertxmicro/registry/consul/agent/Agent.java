package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.net.QuietConnections;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.consul.ConsulClient;
import io.vertx.ext.consul.ConsulClientOptions;
import io.vertx.ext.consul.ServiceOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One agent of Consul. What is registered goes through the Consul client of Vert.x. Questions are asked directly, as that client
 * knows neither {@code stale} nor {@code filter}, hides indexes of checks, and cannot give a blocking query up. Failures are
 * {@link AgentFailure}s. Confined to one context.
 */
public final class Agent {
    private static final int QUESTIONS_AT_ONCE = 16;
    private static final int WAITING = 20_000;
    /** Something on the way may have dropped a connection that nobody used for longer, and nobody can be asked. */
    private static final int UNUSED_SECONDS = 10;

    private static final int SPARE = 8;
    private static final int LONGEST_CONNECT_MILLIS = 3000;
    private static final int JITTER = 16;
    private static final Pattern SAID = Pattern.compile("(?s)Status message: '(.*?)'\\. Body: '(.*)' ?");
    private static final List<HttpResponseStatus> STATUSES = List.of(
            HttpResponseStatus.BAD_REQUEST,
            HttpResponseStatus.FORBIDDEN,
            HttpResponseStatus.NOT_FOUND,
            HttpResponseStatus.TOO_MANY_REQUESTS,
            HttpResponseStatus.INTERNAL_SERVER_ERROR,
            HttpResponseStatus.BAD_GATEWAY,
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            HttpResponseStatus.GATEWAY_TIMEOUT);

    private final Vertx vertx;
    private final AgentSettings settings;
    private final AgentAddress address;
    private final ConsulClient writing;
    private final HttpClient asking;
    private final HttpClient watching;

    /**
     * Connects to nobody yet.
     *
     * @param vertx    has the event loops
     * @param settings how agents are reached
     * @param address  of this agent
     */
    Agent(Vertx vertx, AgentSettings settings, AgentAddress address) {
        this.vertx = vertx;
        this.settings = settings;
        this.address = address;
        ConsulClientOptions client = new ConsulClientOptions();
        connect(client);
        client.setHost(address.host()).setPort(address.port());
        client.setTimeout(settings.requestTimeout().toMillis());
        if (!settings.token().isEmpty()) {
            client.setAclToken(settings.token().reveal());
        }
        writing = ConsulClient.create(vertx, client);
        asking = client(QUESTIONS_AT_ONCE);
        // Each blocking query has a connection to itself, so none may be lacking.
        watching = client(settings.longPolls() + SPARE);
    }

    private HttpClient client(int connections) {
        HttpClientOptions client = new HttpClientOptions().setDecompressionSupported(true);
        connect(client);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAITING);
        return vertx.httpClientBuilder()
                .with(client)
                .with(pool)
                .withConnectHandler(QuietConnections::quiet)
                .build();
    }

    private void connect(HttpClientOptions client) {
        client.setConnectTimeout(
                (int) Math.min(LONGEST_CONNECT_MILLIS, settings.requestTimeout().toMillis()));
        client.setKeepAliveTimeout(UNUSED_SECONDS);
        settings.tls().secureClient(client);
        client.setVerifyHost(settings.tls().verify());
    }

    /**
     * Names the agent.
     *
     * @return {@code host:port}
     */
    @Override
    public String toString() {
        return address.toString();
    }

    /**
     * Registers a service with the agent, or replaces it.
     *
     * @param service the service, one node
     * @return completes when the agent has taken it
     */
    public Future<Void> register(ServiceOptions service) {
        return writing.registerService(service).recover(failure -> Future.failedFuture(said(failure)));
    }

    /**
     * Renews a node.
     *
     * @param id of the node
     * @return fails if the agent does not know it
     */
    public Future<Void> pass(String id) {
        return writing.passCheck("service:" + id).recover(failure -> Future.failedFuture(said(failure)));
    }

    /**
     * Takes a node back.
     *
     * @param id of the node
     * @return succeeds too if the agent does not know it
     */
    public Future<Void> deregister(String id) {
        return writing.deregisterService(id).recover(failure -> {
            AgentFailure said = said(failure);
            boolean unknown = said.status() == HttpResponseStatus.NOT_FOUND.code()
                    || String.valueOf(said.getMessage()).contains("Unknown service");
            return unknown ? Future.succeededFuture() : Future.failedFuture(said);
        });
    }

    /** The Consul client has the status of a failure only in its text. */
    private AgentFailure said(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher said = SAID.matcher(message);
        if (!said.matches()) {
            return new AgentFailure(0, address + ": " + message);
        }
        int status = STATUSES.stream()
                .filter(one -> one.reasonPhrase().equalsIgnoreCase(said.group(1)))
                .mapToInt(HttpResponseStatus::code)
                .findFirst()
                .orElse(HttpResponseStatus.NOT_IMPLEMENTED.code());
        String body = said.group(2).trim();
        return new AgentFailure(
                status, address + ": " + status + " " + AgentExchange.shortened(body.isEmpty() ? said.group(1) : body));
    }

    /**
     * Asks a question.
     *
     * @param question the question
     * @return the answer
     */
    public Future<ConsulAnswer> ask(ConsulQuery question) {
        return new AgentExchange(vertx, asking, request(question.uri(settings)), settings.requestTimeout()).answer();
    }

    /**
     * Asks for a state other than one that is known, and waits for it.
     *
     * @param question the question
     * @param index    of the state that is known; 0 for none
     * @param wait     how long the agent may wait, after which it answers with the same state
     * @return the exchange
     */
    public AgentExchange await(ConsulQuery question, long index, Duration wait) {
        // The agent adds up to a sixteenth of its own, so that not all come back at once.
        Duration limit = wait.plus(wait.dividedBy(JITTER)).plus(settings.requestTimeout());
        return new AgentExchange(vertx, watching, request(question.uri(settings, index, wait)), limit);
    }

    private RequestOptions request(String uri) {
        RequestOptions request = new RequestOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setURI(uri);
        if (!settings.token().isEmpty()) {
            request.putHeader("X-Consul-Token", settings.token().reveal());
        }
        return request;
    }

    /**
     * Closes all connections, whatever runs on them.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        writing.close();
        return Future.join(asking.close(), watching.close()).mapEmpty();
    }
}
