/**
 * JSON Web Tokens (RFC 7519, and RFC 8725 on what not to accept): keys, where they come from, and what has to be so in a token.
 */
@NullMarked
package dev.vertxmicro.wrapper.auth.token;

import org.jspecify.annotations.NullMarked;
