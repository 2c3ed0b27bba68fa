package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is watched, and whole answers about it: of one service, or of all in pages. Confined to the registry's context. */
final class PagedSnapshots {
    /** The name that stands for all services. */
    static final String ALL = "";

    /** Who answered, and which change was its last. */
    interface Answerer {
        void answered(String verticle, long upTo);
    }

    private final RegistryLine line;
    private final ServiceTable table;
    private final ServiceFeed feed;
    private final Set<String> names = new TreeSet<>();
    private final Set<String> taken = new HashSet<>();

    PagedSnapshots(RegistryLine line, ServiceTable table) {
        this.line = line;
        this.table = table;
        this.feed = new ServiceFeed(table);
    }

    boolean covers(String name) {
        return names.contains(ALL) || names.contains(name);
    }

    void add(String name) {
        names.add(name);
    }

    /** Gives what is known of a service, if that is watched and was answered once. */
    Optional<List<ServiceInfo>> known(String name) {
        return taken.contains(ALL) || taken.contains(name) ? Optional.of(table.get(name)) : Optional.empty();
    }

    void remove(String name) {
        names.remove(name);
    }

    void changed(RegistryChange change, long number) {
        if (covers(change.service().name())) {
            feed.changed(change, number);
        }
    }

    void renumber() {
        feed.renumber();
    }

    /** Asks anew for everything that is watched; if that is nothing, only who answers. */
    Future<Void> takeAll(String address, Answerer answerer) {
        if (names.isEmpty()) {
            return line.ask(address, new JsonObject(), line.asking("ping")).map(reply -> {
                note(reply, answerer);
                return null;
            });
        }
        if (names.contains(ALL)) {
            return take(ALL, address, answerer);
        }
        Future<Void> all = Future.succeededFuture();
        Target target = new Target(address, answerer);
        for (String name : List.copyOf(names)) {
            all = all.compose(done -> take(name, target.address, target));
        }
        return all;
    }

    /** Asks for one service, or for all. */
    Future<Void> take(String name, String address, Answerer answerer) {
        feed.asking();
        Target target = new Target(address, answerer);
        Future<Void> answered =
                name.equals(ALL) ? pages(target, askPage(target, ALL), new HashSet<>()) : one(name, target);
        return answered.onComplete(done -> feed.asked()).onSuccess(done -> taken.add(name));
    }

    /** Several questions of one snapshot go to the one that answered the first. */
    private static final class Target implements Answerer {
        private final Answerer then;
        private String address;

        private Target(String address, Answerer then) {
            this.address = address;
            this.then = then;
        }

        @Override
        public void answered(String verticle, long upTo) {
            address = BusProtocol.registry(verticle);
            then.answered(verticle, upTo);
        }
    }

    private Future<Void> one(String name, Target target) {
        DeliveryOptions asking = line.asking("get").addHeader(BusProtocol.SERVICE, name);
        return line.ask(target.address, new JsonObject(), asking).map(reply -> {
            long upTo = note(reply, target);
            feed.answered(name, services(reply), upTo);
            return null;
        });
    }

    private Future<JsonObject> askPage(Target target, String after) {
        return line.ask(target.address, new JsonObject(), line.asking("all").addHeader(BusProtocol.AFTER, after));
    }

    /** Takes pages; the next one is asked for before this one is read. */
    private Future<Void> pages(Target target, Future<JsonObject> asked, Set<String> seen) {
        return asked.compose(reply -> {
            long upTo = note(reply, target);
            if (reply.getBoolean("more", false)) {
                JsonArray services = reply.getJsonArray("services");
                String last = services.getJsonObject(services.size() - 1).getString("name");
                Future<JsonObject> next = askPage(target, last);
                take(reply, upTo, seen);
                return pages(target, next, seen);
            }
            take(reply, upTo, seen);
            table.names().stream()
                    .filter(name -> !seen.contains(name))
                    .forEach(name -> feed.answered(name, List.of(), upTo));
            return Future.succeededFuture();
        });
    }

    private void take(JsonObject page, long upTo, Set<String> seen) {
        Map<String, List<ServiceInfo>> byName = new LinkedHashMap<>();
        for (ServiceInfo version : services(page)) {
            byName.computeIfAbsent(version.name(), key -> new ArrayList<>()).add(version);
        }
        byName.forEach((name, versions) -> feed.answered(name, versions, upTo));
        seen.addAll(byName.keySet());
    }

    private static long note(JsonObject reply, Answerer answerer) {
        long upTo = reply.getLong(BusProtocol.SEQUENCE, 0L);
        answerer.answered(reply.getString(BusProtocol.VERTICLE, ""), upTo);
        return upTo;
    }

    /** Reads the services of an answer. */
    static List<ServiceInfo> services(JsonObject reply) {
        @Nullable JsonArray services = reply.getJsonArray("services");
        return services == null
                ? List.of()
                : services.stream()
                        .map(service -> ServiceJson.readService((JsonObject) service))
                        .toList();
    }
}
