/**
 * Services in the pods of Kubernetes, in go-micro's form, so that go-micro services with the kubernetes plugin find ours and ours find them; and plain Services by their names.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/kubernetes}.
 *
 * <pre>{@code
 * Registry registry = KubernetesRegistry.create(vertx, KubernetesRegistryOptions.DEFAULTS); // in a pod
 * registry.register(service, Duration.ofSeconds(60));
 * registry.watch("greeter", change -> show(change));
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes;

import org.jspecify.annotations.NullMarked;
