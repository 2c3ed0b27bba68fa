/**
 * What a client shows, and where it comes from: settings, a file that changes, or a server that gives tokens (RFC 6749, 4.4).
 */
@NullMarked
package dev.vertxmicro.wrapper.auth.credential;

import org.jspecify.annotations.NullMarked;
