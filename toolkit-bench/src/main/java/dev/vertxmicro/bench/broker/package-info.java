/** Messages through a Mosquitto, with our broker and with the bare MQTT client that it is made of. */
@NullMarked
package dev.vertxmicro.bench.broker;

import org.jspecify.annotations.NullMarked;
