/**
 * Subscriptions as nodes of the registry: those of this broker, which it registers, and those of all, which it finds.
 */
@NullMarked
package dev.vertxmicro.broker.http.nodes;

import org.jspecify.annotations.NullMarked;
