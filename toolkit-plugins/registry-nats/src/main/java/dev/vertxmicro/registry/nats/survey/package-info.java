/**
 * Nodes found by asking all who have some: each process answers for its own.
 *
 * <p>go-micro counterpart: {@code go-plugins/registry/nats}.
 *
 * <pre>{@code
 * survey.ask(Optional.of("greeter"), told -> show(told)).onSuccess(done -> showAll());
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.registry.nats.survey;

import org.jspecify.annotations.NullMarked;
