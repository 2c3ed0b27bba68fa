package dev.vertxmicro.registry.consul.registration;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.agent.Agent;
import dev.vertxmicro.registry.consul.agent.AgentFailure;
import dev.vertxmicro.registry.consul.agent.Agents;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.wire.CheckTerms;
import dev.vertxmicro.registry.consul.wire.NodeLocation;
import dev.vertxmicro.registry.consul.wire.ServiceTags;
import io.vertx.core.Future;
import io.vertx.ext.consul.CheckOptions;
import io.vertx.ext.consul.ServiceOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node, and the agents that know it: a registration belongs to the agent that took it. Its operations run one after the
 * other. Confined to one context.
 */
final class NodeRegistration {
    /** After this go-micro looks whether Consul still has a node without a time to live. */
    private static final Duration LASTING = Duration.ofSeconds(65);

    private final ConsulContext consul;
    private final String id;
    private final Set<Agent> places = new LinkedHashSet<>();
    private Future<Void> last = Future.succeededFuture();
    private @Nullable ServiceInfo taken;
    private @Nullable Agent home;
    private Duration ttl = Duration.ZERO;
    private long takenAt;

    /**
     * Registers nothing yet.
     *
     * @param consul of the registry
     * @param id     of the node
     */
    NodeRegistration(ConsulContext consul, String id) {
        this.consul = consul;
        this.id = id;
    }

    /**
     * Registers the node, or renews it: with the agent that knows it, if nothing changed, by passing its check.
     *
     * @param single the service with this node
     * @param time   to live
     * @return completes when an agent has taken it, and look-ups there find it
     */
    Future<Void> register(ServiceInfo single, Duration time) {
        Future<Void> registered = next(() -> consul.agents()
                .call(agent -> register(agent, single, time))
                .compose(anew -> anew ? new VisibilityWait(consul, single.name(), id, true).done() : done()));
        next(this::leaveOthers);
        return registered;
    }

    private static Future<Void> done() {
        return Future.succeededFuture();
    }

    private Future<Boolean> register(Agent agent, ServiceInfo single, Duration time) {
        boolean same = places.contains(agent) && single.equals(taken) && time.equals(ttl);
        if (!same) {
            return registerAnew(agent, single, time);
        }
        Future<Void> renewed = time.isZero() ? lasting() : agent.pass(id);
        return renewed.transform(result -> {
            if (result.succeeded()) {
                home = agent;
                return Future.succeededFuture(false);
            }
            boolean away = result.cause() instanceof AgentFailure failure && failure.status() == 0;
            return away ? Future.failedFuture(result.cause()) : registerAnew(agent, single, time);
        });
    }

    private Future<Void> lasting() {
        boolean recent = consul.timers().nanoTime() - takenAt < LASTING.toNanos();
        return recent ? done() : Future.failedFuture(new AgentFailure(404, "not looked at lately"));
    }

    private Future<Boolean> registerAnew(Agent agent, ServiceInfo single, Duration time) {
        Future<Void> registered = agent.register(options(single, time));
        return registered
                .compose(put -> {
                    places.add(agent);
                    return time.isZero() ? done() : agent.pass(id);
                })
                .map(passed -> {
                    taken = single;
                    ttl = time;
                    takenAt = consul.timers().nanoTime();
                    home = agent;
                    return true;
                });
    }

    /** Takes the node back where it was before; an agent that is away is asked again after the next renewal. */
    private Future<Void> leaveOthers() {
        List<Future<Void>> others = List.copyOf(places).stream()
                .filter(place -> place != home)
                .map(this::leave)
                .toList();
        return Future.join(others).mapEmpty();
    }

    private Future<Void> leave(Agent place) {
        return place.deregister(id).onSuccess(gone -> places.remove(place));
    }

    /** The form that go-micro registers. */
    private ServiceOptions options(ServiceInfo single, Duration time) {
        Node node = single.nodes().get(0);
        NodeLocation location = NodeLocation.of(node.address());
        ServiceOptions options = new ServiceOptions()
                .setId(id)
                .setName(single.name())
                .setTags(ServiceTags.write(single.version(), single.endpoints(), node))
                .setAddress(location.host())
                .setPort(location.port());
        if (!time.isZero()) {
            CheckTerms terms = CheckTerms.of(time);
            options.setCheckOptions(new CheckOptions().setTtl(terms.ttl()).setDeregisterAfter(terms.deregisterAfter()));
        }
        return options;
    }

    /**
     * Takes the node back, from all agents that know it.
     *
     * @param name of the service
     * @return completes when look-ups do not find it any more; fails if no agent that knows it can be reached
     */
    Future<Void> deregister(String name) {
        return next(() -> {
            taken = null;
            return withdraw().compose(gone -> new VisibilityWait(consul, name, id, false).done());
        });
    }

    private Future<Void> withdraw() {
        if (places.isEmpty()) {
            return consul.agents().call(agent -> agent.deregister(id));
        }
        List<Future<Void>> all = List.copyOf(places).stream().map(this::leave).toList();
        return Future.any(all)
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(Agents.failure(failure, String.valueOf(failure.getMessage()))));
    }

    /**
     * Takes the node back without looking whether it is gone, after what is under way.
     *
     * @return completes when that is done, whatever became of it
     */
    Future<Void> close() {
        return next(this::withdraw).otherwiseEmpty();
    }

    private Future<Void> next(Supplier<Future<Void>> step) {
        Future<Void> next = last.transform(before -> step.get());
        last = next;
        return next;
    }

    /**
     * Tells whether no agent knows the node, as far as was heard.
     *
     * @return true if so
     */
    boolean isGone() {
        return places.isEmpty() && taken == null && last.isComplete();
    }
}
