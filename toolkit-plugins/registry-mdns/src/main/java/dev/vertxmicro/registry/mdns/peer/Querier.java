package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.directory.Directory;
import dev.vertxmicro.registry.mdns.directory.Interests;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Asks the network. Confined to the thread of its timers.
 *
 * <p>A service that was asked for stays of interest for a while: look-ups of it are answered at once from the directory, and
 * its nodes are asked for again before they expire. While somebody watches, all services are of interest.
 */
final class Querier {
    private static final Duration CONFIRM = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofMillis(20);
    private static final int MAX_SERVICES = 10_000;

    /** A look-up that collects answers. */
    private record Gathering(String name, Consumer<List<ServiceInfo>> soFar) {}

    private final String domain;
    private final Duration timeout;
    private final Timers timers;
    private final PacketSender sender;
    private final Directory directory;
    private final Interests interests;
    private final List<Set<String>> listings = new ArrayList<>();
    private final List<Gathering> gatherings = new ArrayList<>();
    private boolean news;
    private long lastNews;

    /**
     * Makes a querier.
     *
     * @param domain of names
     * @param timeout of look-ups
     * @param timers of the thread
     * @param sender takes what is sent
     * @param directory known
     * @param interests wanted
     */
    Querier(
            String domain,
            Duration timeout,
            Timers timers,
            PacketSender sender,
            Directory directory,
            Interests interests) {
        this.domain = domain;
        this.timeout = timeout;
        this.timers = timers;
        this.sender = sender;
        this.directory = directory;
        this.interests = interests;
    }

    /**
     * Finds a service: at once if it is of interest and known, else when the time is up.
     *
     * @param name its name
     * @param soFar told what is known before, each time it changes
     * @param result told
     */
    void get(String name, Consumer<List<ServiceInfo>> soFar, Consumer<List<ServiceInfo>> result) {
        question(name); // refuses what must not become of interest
        Interests.Interest interest = interests.lookUp(name);
        List<ServiceInfo> known = interest.isComplete() ? directory.find(name) : List.of();
        if (!known.isEmpty()) {
            if (timers.nanoTime() - interest.asked() > CONFIRM.toNanos()) {
                ask(List.of(name));
            }
            result.accept(known);
            return;
        }
        Gathering gathering = new Gathering(name, soFar);
        gatherings.add(gathering);
        List<ServiceInfo> before = directory.find(name);
        if (!before.isEmpty()) {
            soFar.accept(before);
        }
        ask(List.of(name));
        collect(() -> {
            gatherings.remove(gathering);
            interest.completed();
            result.accept(directory.find(name));
        });
    }

    /**
     * Lists the services that answer or are known.
     *
     * @param result told when the time is up
     */
    void list(Consumer<List<String>> result) {
        Set<String> answered = new TreeSet<>();
        listings.add(answered);
        send(List.of(NodeRecords.LISTING));
        collect(() -> {
            listings.removeIf(listing -> listing == answered);
            answered.addAll(directory.names());
            result.accept(List.copyOf(answered));
        });
    }

    private void collect(Runnable done) {
        timers.schedule(timeout, () -> collect(timers.nanoTime() + timeout.toNanos(), done));
    }

    private void collect(long end, Runnable done) {
        long now = timers.nanoTime();
        if (now < end && news && now - lastNews < QUIET.toNanos()) {
            timers.schedule(QUIET, () -> collect(end, done));
        } else {
            done.run();
        }
    }

    /**
     * Takes note of a change of what is known. While something new is heard, look-ups whose time is up go on, at most as long
     * again.
     *
     * @param service of which a node came, went or is another
     * @param news    true if one came
     */
    void changed(String service, boolean news) {
        if (news) {
            heardNews();
        }
        List.copyOf(gatherings).stream()
                .filter(gathering -> gathering.name().equals(service))
                .forEach(gathering -> gathering.soFar().accept(directory.find(service)));
    }

    private void heardNews() {
        news = true;
        lastNews = timers.nanoTime();
    }

    /**
     * Takes names of services that were answered.
     *
     * @param names the names
     */
    void listed(Set<String> names) {
        for (Set<String> listing : listings) {
            for (String name : names) {
                if (listing.size() < MAX_SERVICES && expressible(name) && listing.add(name)) {
                    heardNews();
                }
            }
        }
    }

    private boolean expressible(String name) {
        try {
            question(name);
            return true;
        } catch (MicroException e) {
            return false;
        }
    }

    /**
     * Learns of all services and their nodes.
     *
     * @param done told when the time is up
     */
    void learn(Runnable done) {
        if (interests.all()) {
            done.run();
            return;
        }
        interests.learn();
        list(names -> {
            ask(names);
            collect(() -> {
                names.forEach(name -> interests.of(name).completed());
                try {
                    done.run();
                } finally {
                    interests.learnt();
                }
            });
        });
    }

    /**
     * Asks again for the nodes of a service, if it is of interest.
     *
     * @param name the service
     */
    void refresh(String name) {
        Interests.Interest interest = interests.still(name);
        if (interest != null && timers.nanoTime() - interest.asked() >= ASK_AGAIN.toNanos()) {
            ask(List.of(name));
        }
    }

    /** Asks for all that is of interest. */
    void askAll() {
        Set<String> names = interests.names();
        if (interests.all()) {
            names.addAll(directory.names());
            send(List.of(NodeRecords.LISTING));
        }
        ask(names);
    }

    private void ask(Collection<String> names) {
        List<String> part = new ArrayList<>();
        for (String name : names) {
            interests.of(name).asked(timers.nanoTime());
            part.add(name);
            if (part.size() == DnsZone.MAX_QUESTIONS) {
                send(part);
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            send(part);
        }
    }

    private void send(List<String> names) {
        int id = ThreadLocalRandom.current().nextInt(1 << 16);
        List<Name> questions = names.stream().map(this::question).toList();
        sender.ask(PacketWriter.query(id, questions, Type.PTR));
    }

    private Name question(String name) {
        return DnsNames.name("service name", name + "." + domain);
    }
}
