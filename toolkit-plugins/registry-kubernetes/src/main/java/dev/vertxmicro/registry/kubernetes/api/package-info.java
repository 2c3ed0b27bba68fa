/**
 * The API server of Kubernetes: who is asked, with which token, how long it may take, and what came of it.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/kubernetes/client}. Stands on nothing of this module.
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes.api;

import org.jspecify.annotations.NullMarked;
