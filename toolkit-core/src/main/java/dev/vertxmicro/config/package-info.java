/**
 * Reads options from JSON, with errors that say where, what, what was expected, and the nearest known key.
 *
 * <p>go-micro counterpart: none; its options come from flags ({@code config/cmd}).
 *
 * <pre>{@code
 * Section root = Section.root(json);
 * Section server = root.section("server");
 * String address = server.string("address", ":0");
 * Duration drain = server.duration("drainTimeout", Duration.ofSeconds(10));
 * root.end(); // refuses keys that nobody asked for
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.config;

import org.jspecify.annotations.NullMarked;
