package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;
import java.util.List;

/**
 * How agents are reached and asked.
 *
 * @param addresses      {@code host:port} of each
 * @param token          ACL token; empty for none
 * @param datacenter     whose services are looked up; empty for that of the agent
 * @param stale          whether any server may answer
 * @param requestTimeout how long one agent may take to answer
 * @param longPolls      most blocking queries at once, a connection each
 * @param tls            whether and how connections are secured
 */
public record AgentSettings(
        List<String> addresses,
        Secret token,
        String datacenter,
        boolean stale,
        Duration requestTimeout,
        int longPolls,
        TlsOptions tls) {}
