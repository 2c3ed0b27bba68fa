/**
 * A registry over Kubernetes.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/kubernetes}.
 *
 * <pre>{@code
 * KubernetesRegistryOptions options = KubernetesRegistryOptions.DEFAULTS.withAddress("10.1.2.3:1234");
 * Registry registry = KubernetesRegistry.create(vertx, options);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes;

import org.jspecify.annotations.NullMarked;
