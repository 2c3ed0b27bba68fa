package dev.vertxmicro.client;

import dev.vertxmicro.message.Metadata;

/**
 * The answer to a call.
 *
 * @param body     the response message
 * @param metadata all headers of the response, those that the handler added among them
 * @param <R>      type of the response message
 */
public record Response<R>(R body, Metadata metadata) {}
