package dev.vertxmicro.registry.kubernetes.wire;

import dev.vertxmicro.registry.ServiceInfo;
import java.util.Optional;

/**
 * One service that a pod tells.
 *
 * @param key     ending of its annotation
 * @param service one version, with the nodes of the pod
 * @param renewal until when it holds; empty for as long as the pod runs
 */
public record PodService(String key, ServiceInfo service, Optional<Renewal> renewal) {}
