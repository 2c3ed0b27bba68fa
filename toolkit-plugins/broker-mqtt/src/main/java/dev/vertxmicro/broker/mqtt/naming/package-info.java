/**
 * What may be called how: topics, filters of topics, client ids.
 *
 * <p>Stands on nothing.
 */
@NullMarked
package dev.vertxmicro.broker.mqtt.naming;

import org.jspecify.annotations.NullMarked;
