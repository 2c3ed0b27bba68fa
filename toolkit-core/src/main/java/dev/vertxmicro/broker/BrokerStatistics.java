package dev.vertxmicro.broker;

/**
 * What a broker has counted of the subscriptions in this process since it was made, and what it is at.
 *
 * @param waiting      messages that subscribers have not settled yet: those that wait, run, or come again after a pause; one that
 *                     several subscriptions get counts for each
 * @param redeliveries attempts that failed and were followed by another
 * @param deadLetters  messages given up and sent to a dead-letter topic
 * @param dropped      messages given up for which there was no dead-letter topic
 */
public record BrokerStatistics(long waiting, long redeliveries, long deadLetters, long dropped) {
    /** Nothing. */
    public static final BrokerStatistics NONE = new BrokerStatistics(0, 0, 0, 0);
}
