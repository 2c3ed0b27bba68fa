/**
 * Which of several verticles does what: by a lease, known to all by a shared map, and another when its holder is gone or hangs.
 * Either a task has one owner among several BrokerVerticles, or each of several RegistryVerticles holds what it has taken, and
 * others inherit it.
 *
 * <p>Knows no broker and no registry. go-micro counterpart: none.
 */
@NullMarked
package dev.vertxmicro.verticle.ownership;

import org.jspecify.annotations.NullMarked;
