package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.RareWarning;

/**
 * What a listener lets in, from all connections.
 *
 * @param limits   of each
 * @param budget   of all together
 * @param refusals says what was refused
 */
record Intake(HttpLimits limits, MemoryBudget budget, RareWarning refusals) {}
