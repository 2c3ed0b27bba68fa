package dev.vertxmicro.engine.eventbus;

import io.vertx.core.eventbus.DeliveryOptions;
import org.jspecify.annotations.Nullable;

/**
 * A reply with headers or a codec of its own: what a handler gives to {@link BusMessages#answer} where the body alone is not all.
 *
 * @param body    of the reply
 * @param options with the version
 */
public record BusReply(@Nullable Object body, DeliveryOptions options) {}
