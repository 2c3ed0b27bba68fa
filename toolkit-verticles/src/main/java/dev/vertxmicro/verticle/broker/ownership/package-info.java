/**
 * Which of several BrokerVerticles does what: each task has one owner, known to all, and another when that is gone.
 *
 * <p>Knows no broker.
 */
@NullMarked
package dev.vertxmicro.verticle.broker.ownership;

import org.jspecify.annotations.NullMarked;
