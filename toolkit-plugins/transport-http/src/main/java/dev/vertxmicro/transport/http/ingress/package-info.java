/**
 * What a listener lets in: handlers in the pipeline of a server connection that bound time, memory and turns of requests before
 * anybody answers them.
 */
@NullMarked
package dev.vertxmicro.transport.http.ingress;

import org.jspecify.annotations.NullMarked;
