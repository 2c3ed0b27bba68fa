/**
 * Time and timers, injected, so that every rule about time can be tested without waiting.
 *
 * <p>go-micro counterpart: none; Go's {@code time} package is used there directly.
 *
 * <pre>{@code
 * ManualTimers timers = Timers.manual();
 * Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
 * Future<HelloResponse> reply = client.call(Request.of("greeter", hello, request));
 * timers.advance(Duration.ofSeconds(5)); // the call has timed out now
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.time;

import org.jspecify.annotations.NullMarked;
