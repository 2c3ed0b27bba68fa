/**
 * Takes messages to the nodes that subscribe, in order, until each has handled them; holds those that nobody subscribes to yet.
 */
@NullMarked
package dev.vertxmicro.broker.http.publishing;

import org.jspecify.annotations.NullMarked;
