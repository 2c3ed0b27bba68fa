package dev.vertxmicro.server;

/**
 * What a server has counted since it was made.
 *
 * @param calls       requests and events let in, those in flight among them
 * @param refused     requests and events refused, because too many ran or the server was stopping
 * @param lateAnswers answers that came when their caller had gone, and were dropped
 */
public record ServerStatistics(long calls, long refused, long lateAnswers) {}
