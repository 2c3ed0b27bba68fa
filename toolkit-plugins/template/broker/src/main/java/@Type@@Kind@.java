package @root@;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A @kind@ over @Type@, of which nothing is written yet: each call fails.
 *
 * <p>Failures, threads and what holds after {@code close}: to be said here.
 */
public final class @Type@@Kind@ implements @Kind@ {
    /** Name of the type. */
    static final String TYPE = "@name@";

    private final @Type@@Kind@Options options;

    private @Type@@Kind@(@Type@@Kind@Options options) {
        this.options = options;
    }

    /**
     * Makes one. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the @kind@
     */
    public static @Type@@Kind@ create(Vertx vertx, @Type@@Kind@Options options) {
        return new @Type@@Kind@(options);
    }

    private <T> Future<T> toBeWritten(String what) {
        return Future.failedFuture(new UnsupportedOperationException(
                what + " at " + options.address() + " (expected: to be written)"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public BrokerTraits traits() {
        return new BrokerTraits(PublishedWhen.STORED, true, false, false);
    }

    @Override
    public String address() {
        return options.address();
    }

    @Override
    public Future<Void> connect() {
        return toBeWritten("connect");
    }

    @Override
    public Future<Void> disconnect() {
        return toBeWritten("disconnect");
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return toBeWritten("publish");
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions subscribing) {
        return toBeWritten("subscribe");
    }

    @Override
    public Future<Void> close() {
        return toBeWritten("close");
    }
}
