package dev.vertxmicro.server;

import dev.vertxmicro.config.OptionsStyle;
import java.util.Map;
import org.immutables.value.Value;

/**
 * What the registry is told of a handler: go-micro's {@code server.HandlerOptions}.
 *
 * @param metadata entries of the endpoint's metadata
 * @param internal true keeps the endpoint out of the registry; it can be called all the same
 */
@Value.Builder
@OptionsStyle
public record HandlerOptions(Map<String, String> metadata, boolean internal) implements WithHandlerOptions {
    /** No metadata, listed. */
    public static final HandlerOptions DEFAULTS = new HandlerOptions(Map.of(), false);

    /** Copies the metadata. */
    public HandlerOptions {
        metadata = Map.copyOf(metadata);
    }
}
