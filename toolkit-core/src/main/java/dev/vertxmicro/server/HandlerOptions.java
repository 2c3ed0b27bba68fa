package dev.vertxmicro.server;

import java.util.Map;

/**
 * What the registry is told of a handler: go-micro's {@code server.HandlerOptions}.
 *
 * @param metadata entries of the endpoint's metadata
 * @param internal true keeps the endpoint out of the registry; it can be called all the same
 */
public record HandlerOptions(Map<String, String> metadata, boolean internal) {
    /** No metadata, listed. */
    public static final HandlerOptions DEFAULTS = new HandlerOptions(Map.of(), false);

    /** Copies the metadata. */
    public HandlerOptions {
        metadata = Map.copyOf(metadata);
    }

    /**
     * Returns a copy with this metadata.
     *
     * @param entries the entries
     * @return the copy
     */
    public HandlerOptions withMetadata(Map<String, String> entries) {
        return new HandlerOptions(entries, internal);
    }

    /**
     * Returns a copy that is, or is not, listed.
     *
     * @param hidden true keeps it out of the registry
     * @return the copy
     */
    public HandlerOptions withInternal(boolean hidden) {
        return new HandlerOptions(metadata, hidden);
    }
}
