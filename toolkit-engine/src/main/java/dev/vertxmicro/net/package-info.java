/**
 * What the toolkit has to know of this host's network.
 *
 * <p>go-micro counterpart: {@code util/addr}.
 *
 * <pre>{@code
 * String host = AdvertisedAddress.of("0.0.0.0"); // 10.1.2.3
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.net;

import org.jspecify.annotations.NullMarked;
