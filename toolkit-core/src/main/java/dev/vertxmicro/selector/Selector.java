package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.caching.CachingSelector;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Chooses nodes for calls: go-micro's {@code selector.Selector}, whose {@code Mark} really feeds back here.
 *
 * <p>May be used concurrently from any thread; futures call back on the context of the caller.
 */
public interface Selector {

    /**
     * Makes a selector over a watched cache of a registry: go-micro's default.
     *
     * @param options strategy, time to live, ejection
     * @param parts   registry, clock, randomness, probe
     * @return the selector
     */
    static Selector caching(SelectorOptions options, SelectorParts parts) {
        return new CachingSelector(options, parts);
    }

    /**
     * Makes a selector that knows its nodes by address and asks nobody: go-micro's {@code WithAddress}.
     *
     * @param addresses {@code host:port}, at least one
     * @return the selection, the same for any service
     */
    static Selection fixed(List<String> addresses) {
        return FixedSelection.of(addresses);
    }

    /**
     * Finds the nodes of a service for one call.
     *
     * @param service the service's name
     * @param filters each leaves some of its nodes out
     * @return the selection; fails with go-micro's {@code error selecting <service> node: not found} if nobody serves it and
     *     {@code … none available} if the filters leave no node
     */
    Future<Selection> select(String service, List<Filter> filters);

    /**
     * Finds the nodes of a service for one call, of which the strategy sees what it asks for.
     *
     * @param service the service's name
     * @param options filters, and a strategy where the call has its own
     * @param call    what is called, for the strategy
     * @return the selection, as for {@link #select(String, List)}; where this is not implemented, by the filters alone
     */
    default Future<Selection> select(String service, SelectOptions options, CallView call) {
        return select(service, options.filters());
    }

    /**
     * Tells which nodes of a service are known now, without asking anybody and without allocation; for those who choose
     * themselves, such as by a hash of the request.
     *
     * @param service the service's name
     * @return its nodes, ejected ones among them; empty if it was never selected, or nobody serves it
     */
    List<Node> nodes(String service);

    /**
     * Tells how a stream to a node ended, which the selection has heard of no more since it was opened.
     *
     * @param service the service's name
     * @param node    the node
     * @param outcome what happened
     */
    default void ended(String service, Node node, Outcome outcome) {}

    /**
     * Counts how often a node was left out because it failed.
     *
     * @return how often, since this was made; 0 where nodes are not left out
     */
    default long ejections() {
        return 0;
    }

    /**
     * Tells which nodes of a service are left out now, because they fail or say nothing.
     *
     * @param service the service's name
     * @return the nodes; none where nodes are not left out
     */
    default List<Node> ejected(String service) {
        return List.of();
    }

    /**
     * Tells which nodes are left out now, of all services.
     *
     * @return the nodes of each service of which any are
     */
    default Map<String, List<Node>> ejected() {
        return Map.of();
    }

    /**
     * Tells how long ago the registry has last confirmed what calls go by: of the services that were called within the time to live,
     * the one for which that is longest. While a registry is away, it grows.
     *
     * @return zero where nothing is known, or nobody is asked
     */
    default Duration age() {
        return Duration.ZERO;
    }

    /**
     * Stops watching the registry.
     *
     * @return completes when that is so; closing twice is fine
     */
    Future<Void> close();
}
