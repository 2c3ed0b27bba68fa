package dev.vertxmicro.registry.consul.agent;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that Consul is asked.
 *
 * @param path   with its parts encoded
 * @param filter expression that picks from the answer; empty for none
 */
public record ConsulQuery(String path, String filter) {

    /** All checks of all nodes. */
    public static final ConsulQuery CHECKS = new ConsulQuery("/v1/health/state/any", "");

    /** The names of all services, each with its tags. */
    public static final ConsulQuery SERVICES = new ConsulQuery("/v1/catalog/services", "");

    /**
     * Asks for the nodes of a service and their checks.
     *
     * @param name of the service
     * @return the question
     */
    public static ConsulQuery service(String name) {
        return new ConsulQuery("/v1/health/service/" + encode(name), "");
    }

    /**
     * Asks for one node of a service and its checks.
     *
     * @param name of the service
     * @param id   of the node
     * @return the question; about all nodes if the id cannot be put into a filter
     */
    public static ConsulQuery node(String name, String id) {
        boolean plain = id.indexOf('"') < 0 && id.indexOf('\\') < 0;
        return new ConsulQuery(service(name).path(), plain ? "Service.ID == \"" + id + "\"" : "");
    }

    /**
     * Writes path and query.
     *
     * @param settings stale, datacenter
     * @return the URI of a request that is answered at once
     */
    public String uri(AgentSettings settings) {
        return uri(parameters(settings));
    }

    /**
     * Writes path and query.
     *
     * @param settings stale, datacenter
     * @param index    the state that is known
     * @param wait     how long the agent may hold the answer back
     * @return the URI of a request that is answered when there is another state
     */
    public String uri(AgentSettings settings, long index, Duration wait) {
        List<String> parameters = parameters(settings);
        parameters.add("index=" + index);
        parameters.add("wait=" + wait.toMillis() + "ms");
        return uri(parameters);
    }

    private String uri(List<String> parameters) {
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private List<String> parameters(AgentSettings settings) {
        List<String> parameters = new ArrayList<>();
        if (settings.stale()) {
            parameters.add("stale");
        }
        if (!settings.datacenter().isEmpty()) {
            parameters.add("dc=" + encode(settings.datacenter()));
        }
        if (!filter.isEmpty()) {
            parameters.add("filter=" + encode(filter));
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
