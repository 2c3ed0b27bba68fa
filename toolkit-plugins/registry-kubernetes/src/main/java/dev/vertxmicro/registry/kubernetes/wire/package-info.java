/**
 * What stands in Kubernetes: go-micro's annotations and labels of pods, our own beside them, and EndpointSlices.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/kubernetes/kubernetes.go}. Stands on nothing of this module.
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes.wire;

import org.jspecify.annotations.NullMarked;
