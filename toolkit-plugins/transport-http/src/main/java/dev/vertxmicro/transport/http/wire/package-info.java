/**
 * What all of HTTP/1.1 needs: addresses, the text of headers, limits and deadlines of messages, and how failures are worded.
 */
@NullMarked
package dev.vertxmicro.transport.http.wire;

import org.jspecify.annotations.NullMarked;
