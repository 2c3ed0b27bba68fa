/**
 * The codecs of messages that stand bare in a body, or inside an envelope.
 *
 * <p>go-micro counterpart: packages {@code codec/proto}, {@code codec/json}, {@code codec/bytes} and {@code codec/text}.
 */
@NullMarked
package dev.vertxmicro.codec.payload;

import org.jspecify.annotations.NullMarked;
