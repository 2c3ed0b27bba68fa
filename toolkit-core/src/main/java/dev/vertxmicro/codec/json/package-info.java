/**
 * Protobuf messages as JSON, token by token: protobuf's own mapping and the one that Go peers write.
 *
 * <p>go-micro counterpart: {@code jsonpb} of golang/protobuf, in package {@code codec/json}.
 */
@NullMarked
package dev.vertxmicro.codec.json;

import org.jspecify.annotations.NullMarked;
