/**
 * What lies around a message in the body, by content type: nothing, or number, method and error of the call.
 *
 * <p>go-micro counterpart: packages {@code codec/protorpc} and {@code codec/jsonrpc}; {@code codec/mercury} of go-plugins.
 */
@NullMarked
package dev.vertxmicro.codec.envelope;

import org.jspecify.annotations.NullMarked;
