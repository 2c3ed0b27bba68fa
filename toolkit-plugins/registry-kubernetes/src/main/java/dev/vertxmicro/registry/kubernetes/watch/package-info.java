/**
 * Lists and watches pods and EndpointSlices, and tells those who watch services what changes.
 *
 * <p>go-micro counterpart: go-plugins {@code registry/kubernetes/watcher.go}. Stands on {@code api} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
