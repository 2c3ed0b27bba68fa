package dev.vertxmicro.registry.consul;

import io.vertx.core.buffer.Buffer;

/**
 * What an agent answered a question.
 *
 * @param index the state that it tells of ({@code X-Consul-Index}); 0 if unknown
 * @param body  JSON
 */
record Answer(long index, Buffer body) {}
