/**
 * Messages on their way to the server: in order, as many at once as the window takes, again after a loss.
 *
 * <p>Stands on {@code session}.
 */
@NullMarked
package dev.vertxmicro.broker.mqtt.publishing;

import org.jspecify.annotations.NullMarked;
