package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.kubernetes.api.ApiAddress;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the Kubernetes registry. What is empty is that of the pod this process is in.
 *
 * @param addresses      API servers, {@code host:port} over TLS, or {@code http://host:port} for one of {@code kubectl proxy}; asked in this order, the next one when one cannot
 *                       serve; empty for that of the cluster this process is in
 * @param namespace      of pods and Services; empty for that of the pod, {@code default} outside of a cluster
 * @param pod            name of the pod of this process, where its services are registered; empty for what {@code HOSTNAME} says
 * @param token          bearer token; empty for {@code tokenFile}
 * @param tokenFile      file with the bearer token, read again every 10 s and whenever it was refused; empty for that of the pod's service account where {@code address} is empty too,
 *                       else for none
 * @param endpointSlices whether plain Services are found by their names, too; needs the right to list and watch EndpointSlices
 * @param port           name of the port that is called of a plain Service that has several; a caller may name another, as in {@code greeter:admin}
 * @param renewals       whether the pod tells, beside go-micro's annotations, until when they hold, so that a process that dies alone is gone after {@code registry.ttl}; without,
 *                       its services stay as long as the pod runs, as with go-plugins
 * @param requestTimeout how long an API server may take to answer; &gt; 0
 * @param watchTimeout   how long a watch goes on until it is asked for anew; one that is silent for longer, by {@code requestTimeout}, was cut; 1 s to 1 h
 * @param grace          how long nodes are kept that the API server does not tell when it is back after an outage; choose it longer than the interval of renewals; &gt;= 0
 * @param tls            secured connections, files are in PEM form; without, the servers' certificates are those of the pod's {@code ca.crt} where {@code address} is empty, else of the
 *                       JDK's authorities
 */
@Value.Builder
@OptionsStyle
public record KubernetesRegistryOptions(
        List<String> addresses,
        String namespace,
        String pod,
        Secret token,
        String tokenFile,
        boolean endpointSlices,
        String port,
        boolean renewals,
        Duration requestTimeout,
        Duration watchTimeout,
        Duration grace,
        TlsOptions tls)
        implements WithKubernetesRegistryOptions {
    // Before DEFAULTS, whose check needs them.
    private static final Duration SHORTEST_WATCH = Duration.ofSeconds(1);
    private static final Duration LONGEST_WATCH = Duration.ofHours(1);

    /** Those of the pod, with plain Services and renewals, port {@code http}, 5 s, 1 min, 60 s. */
    public static final KubernetesRegistryOptions DEFAULTS = new KubernetesRegistryOptions(
            List.of(),
            "",
            "",
            Secret.NONE,
            "",
            true,
            "http",
            true,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofSeconds(60),
            TlsOptions.OFF);

    /** Checks the values, and brings addresses into one form. */
    public KubernetesRegistryOptions {
        addresses = addresses.stream().map(ApiAddress::normal).distinct().toList();
        check(token.isEmpty() || tokenFile.isEmpty(), "tokenFile", tokenFile, "none beside token");
        check(!requestTimeout.isNegative() && !requestTimeout.isZero(), "requestTimeout", requestTimeout, "> 0");
        check(
                watchTimeout.compareTo(SHORTEST_WATCH) >= 0 && watchTimeout.compareTo(LONGEST_WATCH) <= 0,
                "watchTimeout",
                watchTimeout,
                "1 s to 1 h");
        check(!grace.isNegative(), "grace", grace, ">= 0");
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
