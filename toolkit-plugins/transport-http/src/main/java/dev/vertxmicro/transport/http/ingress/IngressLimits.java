package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SignsOfLife;

/**
 * What a listener lets in, from all connections.
 *
 * @param limits   of each
 * @param budget   of all together
 * @param refusals says what was refused
 * @param keepAlive how a connection is noticed that leads nowhere
 */
public record IngressLimits(
        MessageLimits limits, MemoryBudget budget, RareWarning refusals, SignsOfLife.Settings keepAlive) {}
