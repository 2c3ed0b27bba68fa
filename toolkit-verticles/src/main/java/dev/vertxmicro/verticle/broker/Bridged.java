package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;

/** The two sides of a bridge. */
interface Bridged {

    EventBus bus();

    Broker broker();

    Outlet outlet();

    /** Connects the broker, if it is not. */
    Future<Void> connected();

    /** Tells whether consumers are known to the whole cluster. */
    boolean shared();

    /** Gives the id of the event bus, known before a bridge begins. */
    String scope();

    /** Tells the others of its kind, and those who subscribe, that this BrokerVerticle answers ({@code up}) or ends. */
    void tell(String action);
}
