/**
 * Messages to bytes and back, by content type.
 *
 * <p>go-micro counterpart: package {@code codec} and the content-type tables of client and server.
 *
 * <pre>{@code
 * Codec codec = Codecs.standard().find("application/json; charset=utf-8").orElseThrow().payload();
 * Buffer body = codec.encode(HelloRequest.newBuilder().setName("davie").build());
 * HelloRequest request = codec.decode(body, HelloRequest.class);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.codec;

import org.jspecify.annotations.NullMarked;
