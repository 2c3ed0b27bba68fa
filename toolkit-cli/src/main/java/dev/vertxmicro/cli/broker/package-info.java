/**
 * Commands that publish and subscribe.
 *
 * <p>go-micro counterpart: {@code micro publish} of later versions.
 *
 * <pre>{@code
 * vertx subscribe news
 * vertx publish news '{"title": "x"}'
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.broker;

import org.jspecify.annotations.NullMarked;
