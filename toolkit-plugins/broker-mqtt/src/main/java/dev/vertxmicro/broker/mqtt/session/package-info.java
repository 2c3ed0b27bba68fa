/**
 * One client of the server: its connection, made again whenever it is lost, and the packets on it.
 *
 * <p>Knows neither what is published nor what is subscribed to; tells its {@code SessionEvents}.
 */
@NullMarked
package dev.vertxmicro.broker.mqtt.session;

import org.jspecify.annotations.NullMarked;
