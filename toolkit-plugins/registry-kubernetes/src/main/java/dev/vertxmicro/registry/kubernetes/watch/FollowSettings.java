package dev.vertxmicro.registry.kubernetes.watch;

import java.time.Duration;

/**
 * How services are followed.
 *
 * @param namespace      of pods and Services
 * @param endpointSlices whether plain Services are found
 * @param port           name of the port that is called where a plain Service has several
 * @param watchTimeout   how long a watch goes on until it is asked for anew
 * @param grace          how long nodes are kept that the API server does not know any more when it is back after an outage
 */
public record FollowSettings(
        String namespace, boolean endpointSlices, String port, Duration watchTimeout, Duration grace) {}
