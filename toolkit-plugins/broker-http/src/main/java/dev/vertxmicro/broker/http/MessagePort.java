package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.http.nodes.RegisteredNodes;
import dev.vertxmicro.broker.http.nodes.RegisteredNodes.Group;
import dev.vertxmicro.broker.http.receiving.Receiver;
import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.net.Exposure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The port to which messages come, and the nodes that name it in the registry. It is opened for the first subscription, a publisher
 * needs none, and stays open until {@link #shut}. Used on the context of the broker, but for {@link #address}.
 */
final class MessagePort {
    private static final System.Logger LOG = System.getLogger(MessagePort.class.getName());
    /** How long a broker that stops waits for the handlers that run. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final HttpBrokerOptions options;
    private final Exposure service;
    private final RegisteredNodes registrations;
    private final Receiver receiver;
    private @Nullable Future<Void> opened;
    private volatile String address;

    /**
     * Makes one, closed.
     *
     * @param service where the service takes calls, and how that is secured
     */
    MessagePort(HttpBrokerOptions options, Exposure service, RegisteredNodes registrations, Receiver receiver) {
        this.options = options;
        this.service = service;
        this.registrations = registrations;
        this.receiver = receiver;
        this.address = options.address();
    }

    /** Gives where it can be reached; before it was open, where it is to listen. */
    String address() {
        return address;
    }

    /** Opens it again for the groups that there are, if there are any. */
    Future<Void> reopen() {
        return registrations.isEmpty() ? Future.succeededFuture() : open();
    }

    /** Registers a group, and opens the port if that is the first. */
    Future<Void> add(Group group) {
        return open().compose(listening -> registrations.add(group));
    }

    Future<Void> remove(Group group) {
        return registrations.remove(group);
    }

    Optional<Group> find(String id) {
        return registrations.find(id);
    }

    private Future<Void> open() {
        Future<Void> known = opened;
        if (known == null || known.failed()) {
            known = receiver.listen().compose(at -> register(at)
                    .recover(failure -> receiver.close().transform(closed -> Future.failedFuture(failure))));
            opened = known;
        }
        return known;
    }

    private Future<Void> register(String at) {
        address = AdvertisedAddress.of(at);
        Protection.lack(options, service)
                .ifPresent(lack -> LOG.log(
                        System.Logger.Level.WARNING,
                        "broker: the port for messages, {0}, is less protected than that for calls: {1}",
                        at,
                        lack));
        String advertise = options.advertise();
        return registrations.open(
                advertise.isEmpty() ? address : advertise, options.tls().enabled());
    }

    /** Takes no further messages; those it has may be handled, for a while. An opening that is under way is waited for. */
    Future<Void> shut() {
        Future<Void> begun = opened == null ? Future.succeededFuture() : opened;
        return begun.transform(known -> {
            opened = null;
            return registrations.close().compose(done -> receiver.drain(DRAIN));
        });
    }

    /** Closes it and all connections. */
    Future<Void> close() {
        return receiver.close();
    }
}
