package dev.vertxmicro.selector;

import io.vertx.core.Future;
import java.util.List;

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
     * Stops watching the registry.
     *
     * @return completes when that is so; closing twice is fine
     */
    Future<Void> close();
}
