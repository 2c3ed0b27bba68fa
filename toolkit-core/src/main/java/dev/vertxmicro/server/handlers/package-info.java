/**
 * The handlers of a server: found by name, described for the registry, told when their time is up, and what callers learn of their
 * failures.
 *
 * <p>go-micro counterpart: {@code server/rpc_router.go} and {@code server/extractor.go}.
 */
@NullMarked
package dev.vertxmicro.server.handlers;

import org.jspecify.annotations.NullMarked;
