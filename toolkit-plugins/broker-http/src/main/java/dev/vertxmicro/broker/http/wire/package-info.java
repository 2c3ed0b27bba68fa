/**
 * Messages as go-micro's HTTP broker has them on the wire, in each of its generations, and the connections that carry them.
 */
@NullMarked
package dev.vertxmicro.broker.http.wire;

import org.jspecify.annotations.NullMarked;
