/**
 * The JSON file that describes a service, read into validated options and makers of its parts.
 *
 * <p>go-micro counterpart: the flags of {@code config/cmd}.
 *
 * <pre>{@code
 * ServiceDescriptor descriptor = ServiceDescriptor.parse(new JsonObject(text));
 * Registry registry = descriptor.registry().apply(vertx);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.descriptor;

import org.jspecify.annotations.NullMarked;
