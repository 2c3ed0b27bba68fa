package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a {@link Strategy.Balancer} picks from: the nodes of a service that speak our protocol and that the filters left, at least
 * one, in no special order; their load; and the call. Used on the context of the call, and only until the pick is made.
 */
public interface Candidates {

    /**
     * Counts the nodes.
     *
     * @return at least 1
     */
    int size();

    /**
     * Gives a node.
     *
     * @param index at least 0 and less than {@link #size}
     * @return the node with its metadata
     */
    Node node(int index);

    /**
     * Tells which version of the service a node runs.
     *
     * @param index at least 0 and less than {@link #size}
     * @return the version
     */
    String version(int index);

    /**
     * Tells how busy a node is.
     *
     * @param index at least 0 and less than {@link #size}
     * @return its load
     */
    NodeLoad load(int index);

    /**
     * Tells whether a node is good to pick. One that is not may be picked nevertheless: then the next open one takes the call, if
     * there is one.
     *
     * @param index at least 0 and less than {@link #size}
     * @return false if the node is ejected, or this call has tried it
     */
    boolean open(int index);

    /**
     * Counts the attempts that run at the nodes of the service, other nodes of the service among them.
     *
     * @return how many
     */
    int running();

    /**
     * Gives the call that a node is picked for.
     *
     * @return the call
     */
    CallView call();

    /**
     * Reads the clock, once per pick.
     *
     * @return nanoseconds since an arbitrary origin
     */
    long nanoTime();

    /**
     * Gives what a strategy makes of the nodes, such as a ring: made once, and again when the nodes have changed.
     *
     * @param owner whose it is: the balancer, by its {@code equals}
     * @param make  makes it; must depend on nothing but the nodes
     * @param <T>   its type, the same for one owner
     * @return what was made
     */
    <T> T derived(Object owner, Function<List<Node>, T> make);

    /**
     * Has another balancer pick among some of the nodes.
     *
     * @param owner who asks: the balancer, by its {@code equals}
     * @param some  tells which nodes; asked once for each, and again when the nodes have changed
     * @param inner picks
     * @return the index among all nodes; -1 if none of them is open
     */
    int within(Object owner, Predicate<Node> some, Strategy.Balancer inner);
}
