package dev.vertxmicro.server;

/**
 * What a server has counted since it was made, and what it is at.
 *
 * @param calls       requests and events let in, those in flight among them
 * @param errors      requests and events let in that ended with an error: of their handler or an interceptor, for lack of an endpoint, or
 *                    because time was up for a call; not those whose caller had gone
 * @param refused     requests and events refused, because too many ran or the server was stopping
 * @param shed        those of them that were refused because calls took too long, not because too many ran
 * @param lateAnswers answers that came when their caller had gone, and were dropped
 * @param running     calls, streams and events whose handler runs now, while somebody waits
 * @param abandoned   handlers that run now although nobody waits any more: the deadline has passed or the caller has gone
 * @param limit       calls that may run now: {@code server.maxConcurrentCalls}, or what the adaptive limit has found while it holds
 */
public record ServerStatistics(
        long calls, long errors, long refused, long shed, long lateAnswers, int running, int abandoned, int limit) {

    /**
     * Returns a copy with another number of errors.
     *
     * @param counted how many there were
     * @return the copy
     */
    public ServerStatistics withErrors(long counted) {
        return new ServerStatistics(calls, counted, refused, shed, lateAnswers, running, abandoned, limit);
    }
}
