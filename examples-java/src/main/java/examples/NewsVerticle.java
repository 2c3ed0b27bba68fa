package examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Publishes and receives, knowing nothing but the event bus: {@code bin/vertx run conf/broker-node.json}.
 */
public final class NewsVerticle extends VerticleBase {

    /** For the deployment by name. */
    public NewsVerticle() {}

    @Override
    public Future<?> start() {
        // Every consumer here gets every message of the topic news.
        vertx.eventBus().<JsonObject>consumer("micro.topic/news", news -> {
            String from = news.headers().get("md.From");
            System.out.println("news from " + from + ": " + news.body().getString("headline"));
        });
        // One consumer gets each order; without its reply the order comes again.
        vertx.eventBus().<JsonObject>consumer("micro.topic/orders", order -> {
            System.out.println("order: " + order.body().getString("item"));
            order.reply(null);
        });
        DeliveryOptions publish = new DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("topic", "news")
                .addHeader("md.From", "davie");
        return vertx.eventBus()
                .request("micro.broker.publish", new JsonObject().put("headline", "It works"), publish)
                .compose(published -> vertx.eventBus().request("orders.in", new JsonObject().put("item", "a book")));
    }
}
