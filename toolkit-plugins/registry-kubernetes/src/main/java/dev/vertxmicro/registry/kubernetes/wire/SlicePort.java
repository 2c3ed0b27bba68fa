package dev.vertxmicro.registry.kubernetes.wire;

/**
 * A port of an EndpointSlice.
 *
 * @param name   empty for one without
 * @param number 1 to 65535
 */
public record SlicePort(String name, int number) {}
