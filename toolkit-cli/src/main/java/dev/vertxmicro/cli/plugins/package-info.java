/**
 * Which plugins there are and which are installed.
 *
 * <p>go-micro counterpart: the plugins that a {@code plugins.go} imports.
 *
 * <pre>{@code
 * vertx plugins
 * vertx plugins -cp zoo.jar --json
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.plugins;

import org.jspecify.annotations.NullMarked;
