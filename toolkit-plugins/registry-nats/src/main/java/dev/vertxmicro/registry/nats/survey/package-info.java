/**
 * Nodes found by asking all who have some: each process answers for its own.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/nats}.
 */
@NullMarked
package dev.vertxmicro.registry.nats.survey;

import org.jspecify.annotations.NullMarked;
