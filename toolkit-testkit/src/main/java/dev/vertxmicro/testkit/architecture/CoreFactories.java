package dev.vertxmicro.testkit.architecture;

import java.util.Map;

/**
 * The static methods by which a contract of toolkit-core makes what stands in a room of its own, each with that room. Nothing else
 * looks back down.
 */
final class CoreFactories {
    static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("dev.vertxmicro.broker.Broker.inMemory", "dev.vertxmicro.broker.local"),
            Map.entry("dev.vertxmicro.client.Backoff.jittered", "dev.vertxmicro.client.retrying"),
            Map.entry("dev.vertxmicro.client.Client.create", "dev.vertxmicro.client.rpc"),
            Map.entry("dev.vertxmicro.codec.Codec.protobuf", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.json", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.octetStream", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codec.text", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Codecs.text", "dev.vertxmicro.codec.payload"),
            Map.entry("dev.vertxmicro.codec.Envelope.bare", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.jsonRpc", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.mercury", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.Envelope.protoRpc", "dev.vertxmicro.codec.envelope"),
            Map.entry("dev.vertxmicro.codec.ProtobufJson.of", "dev.vertxmicro.codec.json"),
            Map.entry("dev.vertxmicro.registry.Discovery.addressed", "dev.vertxmicro.registry.local"),
            Map.entry("dev.vertxmicro.registry.Discovery.directed", "dev.vertxmicro.registry.local"),
            Map.entry("dev.vertxmicro.registry.Registry.inMemory", "dev.vertxmicro.registry.local"),
            Map.entry("dev.vertxmicro.selector.Filter.endpoint", "dev.vertxmicro.selector.filtering"),
            Map.entry("dev.vertxmicro.selector.Filter.label", "dev.vertxmicro.selector.filtering"),
            Map.entry("dev.vertxmicro.selector.Filter.version", "dev.vertxmicro.selector.filtering"),
            Map.entry("dev.vertxmicro.selector.Selector.caching", "dev.vertxmicro.selector.caching"),
            Map.entry("dev.vertxmicro.selector.Strategy.hash", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.leastBusy", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.peakEwma", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.preferring", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.random", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.roundRobin", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.selector.Strategy.weighted", "dev.vertxmicro.selector.balancing"),
            Map.entry("dev.vertxmicro.server.Invoker.attempt", "dev.vertxmicro.server.handlers"),
            Map.entry("dev.vertxmicro.server.OneResponseHandler.streaming", "dev.vertxmicro.server.handlers"),
            Map.entry("dev.vertxmicro.server.Server.create", "dev.vertxmicro.server.rpc"),
            Map.entry("dev.vertxmicro.transport.Transport.inMemory", "dev.vertxmicro.transport.local"));

    private CoreFactories() {}
}
