package dev.vertxmicro.transport.http.wire;

import java.time.Duration;

/**
 * How large a message may be, and how long it may take to arrive.
 *
 * @param maxHeaderBytes  all its headers together
 * @param maxMessageBytes its body
 * @param readTimeout     from its first byte to its last
 */
public record MessageLimits(int maxHeaderBytes, int maxMessageBytes, Duration readTimeout) {}
