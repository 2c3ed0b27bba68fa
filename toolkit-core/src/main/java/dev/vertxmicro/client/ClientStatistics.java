package dev.vertxmicro.client;

/**
 * What a client has counted since it was made.
 *
 * @param calls       unary calls begun, those in flight among them
 * @param retries     attempts beyond the first of a call
 * @param lateAnswers answers that came when their caller no longer waited, and were dropped; a transport that closes the
 *     connection of such a call, as HTTP/1.1 does, leaves none to come
 * @param hedges      attempts at another node besides one that was not answered yet
 * @param ejections   how often its selector has left a node out because it failed
 * @param running     calls and streams that run now
 * @param retryBudget retries of calls that may have reached a handler for which there is room now
 */
public record ClientStatistics(
        long calls, long retries, long lateAnswers, long hedges, long ejections, long running, int retryBudget) {}
