/**
 * A client of Consul's agents: queries, blocking ones too, registrations, and the next agent when one does not work.
 *
 * <p>Stands on {@code wire}; knows no service of go-micro.
 */
@NullMarked
package dev.vertxmicro.registry.consul.agent;

import org.jspecify.annotations.NullMarked;
