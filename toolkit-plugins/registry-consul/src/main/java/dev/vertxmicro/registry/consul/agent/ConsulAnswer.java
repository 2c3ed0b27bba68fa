package dev.vertxmicro.registry.consul.agent;

import io.vertx.core.buffer.Buffer;

/**
 * What an agent answered a question.
 *
 * @param index the state that it tells of ({@code X-Consul-Index}); 0 if unknown
 * @param body  JSON
 */
public record ConsulAnswer(long index, Buffer body) {}
