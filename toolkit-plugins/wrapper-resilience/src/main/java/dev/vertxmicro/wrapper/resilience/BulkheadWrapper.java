package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import dev.vertxmicro.wrapper.resilience.places.Bulkhead;
import dev.vertxmicro.wrapper.resilience.places.PlacedClient;
import dev.vertxmicro.wrapper.resilience.places.PlacedServer;
import dev.vertxmicro.wrapper.resilience.places.Places;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bounds how much runs at once, so that one endpoint, or one service that is slow, does not take what others need. What finds no
 * place is refused with code 503, or waits, without a thread. A stream has its place until its end; a handler that never ends, until
 * nobody waits for it. Used concurrently.
 */
public final class BulkheadWrapper implements Wrapper {
    /** What descriptors call it. */
    public static final String TYPE = "bulkhead";

    private static final int MOST_READ = 100;

    private final Optional<ClientInterceptor> client;
    private final Optional<ServerInterceptor> server;

    private final List<Bulkhead> sides;

    private BulkheadWrapper(Bulkhead ofClient, Bulkhead ofServer, String service) {
        this.client = Optional.of(new PlacedClient(ofClient));
        this.server = Optional.of(new PlacedServer(ofServer, service));
        this.sides = List.of(ofClient, ofServer);
    }

    /**
     * Makes one whose places are free. Client and server have places of their own.
     *
     * @param options how many
     * @param service id of errors that are told to callers of its handlers
     * @param timers  the clock
     * @return the wrapper
     */
    public static BulkheadWrapper create(BulkheadOptions options, String service, Timers timers) {
        return new BulkheadWrapper(bulkhead(options, timers), bulkhead(options, timers), service);
    }

    private static Bulkhead bulkhead(BulkheadOptions options, Timers timers) {
        BoundedKeys<Places> places = new BoundedKeys<>(
                options.maxKeys(),
                timers,
                at -> false,
                name -> new Places(name, options.maxConcurrent(), options.maxWaiting(), timers));
        return new Bulkhead(
                places,
                options.perEndpoint(),
                options.maxWait(),
                options.messageWait(),
                "too many calls run (limit: " + options.maxConcurrent() + ")");
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }

    /** Tells of each endpoint how much runs, how much waits, and how much found no place. */
    @Override
    public List<Reading> readings() {
        return sides.stream()
                .flatMap(side -> side.all().stream().limit(MOST_READ))
                .filter(at -> !at.name().equals(BoundedKeys.OTHERS) || at.refused() > 0 || at.taken() > 0)
                .flatMap(at -> readings(at, Map.of("name", at.name())))
                .toList();
    }

    private static Stream<Reading> readings(Places at, Map<String, String> name) {
        return Stream.of(
                new Reading("bulkhead.running", name, at.taken()),
                new Reading("bulkhead.waiting", name, at.waiting()),
                new Reading("bulkhead.refused", name, at.refused()));
    }
}
