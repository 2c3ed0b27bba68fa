package dev.vertxmicro.registry.consul;

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
record Question(String path, String filter) {

    /** All checks of all nodes. */
    static final Question CHECKS = new Question("/v1/health/state/any", "");

    /** The names of all services, each with its tags. */
    static final Question SERVICES = new Question("/v1/catalog/services", "");

    /**
     * Asks for the nodes of a service and their checks.
     *
     * @param name of the service
     * @return the question
     */
    static Question service(String name) {
        return new Question("/v1/health/service/" + encode(name), "");
    }

    /**
     * Asks for one node of a service and its checks.
     *
     * @param name of the service
     * @param id   of the node
     * @return the question; about all nodes if the id cannot be put into a filter
     */
    static Question node(String name, String id) {
        boolean plain = id.indexOf('"') < 0 && id.indexOf('\\') < 0;
        return new Question(service(name).path(), plain ? "Service.ID == \"" + id + "\"" : "");
    }

    /**
     * Writes path and query.
     *
     * @param options stale, datacenter
     * @return the URI of a request that is answered at once
     */
    String uri(ConsulOptions options) {
        return uri(parameters(options));
    }

    /**
     * Writes path and query.
     *
     * @param options stale, datacenter
     * @param index   the state that is known
     * @param wait    how long the agent may hold the answer back
     * @return the URI of a request that is answered when there is another state
     */
    String uri(ConsulOptions options, long index, Duration wait) {
        List<String> parameters = parameters(options);
        parameters.add("index=" + index);
        parameters.add("wait=" + wait.toMillis() + "ms");
        return uri(parameters);
    }

    private String uri(List<String> parameters) {
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private List<String> parameters(ConsulOptions options) {
        List<String> parameters = new ArrayList<>();
        if (options.stale()) {
            parameters.add("stale");
        }
        if (!options.datacenter().isEmpty()) {
            parameters.add("dc=" + encode(options.datacenter()));
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
