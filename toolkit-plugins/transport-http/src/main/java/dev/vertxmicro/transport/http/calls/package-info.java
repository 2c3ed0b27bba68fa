/**
 * Unary calls, one request and its response: on HTTP/1.1 from a pool, or on HTTP/2.
 */
@NullMarked
package dev.vertxmicro.transport.http.calls;

import org.jspecify.annotations.NullMarked;
