/**
 * Who may do what through a bridge: grants, tokens, and the decision for each message. go-micro has nothing of the kind.
 *
 * <pre>{@code
 * Access access = new Access(List.of(Grant.NOTHING.withCalls(List.of("greeter/Greeter.*"))));
 * access.mayListen(Visitor.NOBODY, "micro.topic/news"); // false
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.bridge.access;

import org.jspecify.annotations.NullMarked;
