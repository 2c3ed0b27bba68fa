/**
 * Which node serves the next call: look-up in a watched cache, filters, a strategy, and nodes that failed left out.
 *
 * <p>go-micro counterpart: package {@code client/selector} and {@code registry/cache}.
 *
 * <pre>{@code
 * Selector selector = Selector.caching(SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, random, transport::probe));
 * selector.select("greeter", List.of()).onSuccess(selection -> {
 *     Node node = selection.next();
 *     call(node).onComplete(result -> selection.done(node, result.succeeded() ? Outcome.ANSWERED : Outcome.UNREACHABLE));
 * });
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.selector;

import org.jspecify.annotations.NullMarked;
