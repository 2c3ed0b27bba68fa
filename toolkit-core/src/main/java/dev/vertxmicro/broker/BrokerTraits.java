package dev.vertxmicro.broker;

/**
 * What one kind of broker can and cannot do. Users read it in the table of docs/broker.md; the contract suite holds every
 * adapter to what it says of itself.
 *
 * @param publishedWhen when a publish completes
 * @param headers       headers arrive; else they are left out, and a subscriber gets none
 * @param wildcards     a subscription may name many topics by a pattern of the backend's; else every character stands for itself
 * @param keepsForLater a message that is published while nobody subscribes is kept for some time for the first who does
 */
public record BrokerTraits(PublishedWhen publishedWhen, boolean headers, boolean wildcards, boolean keepsForLater) {}
