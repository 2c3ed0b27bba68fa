package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.agent.ConsulAnswer;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.wire.Fingerprints;
import dev.vertxmicro.registry.local.FollowedServices;
import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Follows all services by two blocking queries, whatever their number: one of all checks, one of all names with their tags. A
 * service is looked up when either says that something about it is different.
 *
 * <p>Neither tells a node's address, nor nodes without checks. So when services changed but none is different by what the two
 * tell, all are looked up; and once a minute at most, if services changed meanwhile and such a change may have hidden among others.
 */
public final class CatalogWatch implements FollowedServices.Follower {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long SOON_MILLIS = 150;
    private static final long LATE_MILLIS = 60_000;

    private final ConsulContext consul;
    private final ServiceTable table;
    private final LongPoll checks;
    private final LongPoll services;
    private final Refresher refresher;
    private final Future<Void> ready;
    private final ChangeCorrelation correlation =
            new ChangeCorrelation(Duration.ofMillis(SOON_MILLIS).toNanos());
    private Fingerprints.Checks checksTold = Fingerprints.Checks.NONE;
    private boolean unconfirmed;
    private Map<String, Long> servicesTold = Map.of();
    private boolean soon;
    private boolean late;
    private boolean stopped;

    /**
     * Begins.
     *
     * @param consul   of the registry
     * @param longPoll how long an agent holds a blocking query back that has nothing to tell
     * @param table    gets what Consul tells
     */
    public CatalogWatch(ConsulContext consul, Duration longPoll, ServiceTable table) {
        this.consul = consul;
        this.table = table;
        refresher = new Refresher(consul, this::found);
        checks = new LongPoll(consul, ConsulQuery.CHECKS, longPoll, PAUSE, this::takeChecks);
        services = new LongPoll(consul, ConsulQuery.SERVICES, longPoll, PAUSE, this::takeServices);
        ready = Future.all(checks.start(), services.start()).compose(started -> refresher.done());
    }

    private Future<Void> takeChecks(ConsulAnswer answer, boolean interrupted) {
        boolean confirms = interrupted || unconfirmed;
        unconfirmed = false;
        return consul.read(answer.body(), () -> Fingerprints.ofChecks(answer.body()))
                .map(told -> {
                    if (interrupted) {
                        table.interrupted();
                        late();
                    }
                    Set<String> different = different(checksTold.services(), told.services());
                    correlation.checks(different(checksTold.instances(), told.instances()), System.nanoTime());
                    checksTold = told;
                    if (confirms) {
                        different.addAll(unconfirmed(different));
                    }
                    refresher.add(different);
                    return null;
                });
    }

    private Future<Void> takeServices(ConsulAnswer answer, boolean interrupted) {
        return consul.read(answer.body(), () -> Fingerprints.ofServices(answer.body()))
                .map(told -> {
                    interrupted(interrupted);
                    Set<String> different = different(servicesTold, told);
                    servicesTold = told;
                    if (different.isEmpty() && !interrupted) {
                        soon();
                    } else {
                        correlation.tags(different, System.nanoTime());
                        refresher.add(different);
                        late();
                    }
                    return null;
                });
    }

    /** What does not tell of nodes was interrupted, so what does is asked whether they are still there. */
    private void interrupted(boolean interrupted) {
        if (interrupted) {
            table.interrupted();
            late();
            unconfirmed = true;
            checks.again();
        }
    }

    /** Services whose checks are the same, to the number of their last change, are as they were; the others are given. */
    private Set<String> unconfirmed(Set<String> different) {
        Set<String> left = new TreeSet<>(table.names());
        left.removeAll(different);
        left.removeIf(name -> {
            boolean same = checksTold.services().containsKey(name);
            if (same) {
                table.confirmed(name);
            }
            return same;
        });
        return left;
    }

    private static Set<String> different(Map<String, Long> before, Map<String, Long> now) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), now.get(name)));
        return names;
    }

    private void found(String name, List<ServiceInfo> versions, boolean interrupted) {
        interrupted(interrupted);
        table.seen(name, versions);
    }

    /** Some node changed, and the tags do not tell which: the checks may, about now, if one came or went with it. */
    private void soon() {
        correlation.silent(System.nanoTime());
        if (soon) {
            return;
        }
        soon = true;
        consul.vertx().setTimer(SOON_MILLIS, due -> {
            soon = false;
            if (correlation.enough()) {
                late();
            } else {
                sweep();
            }
        });
    }

    private void late() {
        if (!late) {
            late = true;
            long millis = LATE_MILLIS + ThreadLocalRandom.current().nextLong(LATE_MILLIS / 2);
            consul.vertx().setTimer(millis, due -> {
                late = false;
                sweep();
            });
        }
    }

    private void sweep() {
        if (!stopped) {
            Set<String> names = new TreeSet<>(servicesTold.keySet());
            names.addAll(table.names());
            refresher.add(new ArrayList<>(names));
        }
    }

    @Override
    public Future<Void> ready() {
        return ready;
    }

    @Override
    public void stop() {
        stopped = true;
        checks.stop();
        services.stop();
        refresher.stop();
    }
}
