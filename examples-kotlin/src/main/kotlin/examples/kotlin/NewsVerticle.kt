package examples.kotlin

import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait

/** Publishes and receives, knowing nothing but the event bus. */
class NewsVerticle : CoroutineVerticle() {
    override suspend fun start() {
        val bus = vertx.eventBus()
        // Every consumer here gets every message of the topic news.
        bus.consumer<JsonObject>("micro.topic/news") { news ->
            println("news from ${news.headers()["md.From"]}: ${news.body().getString("headline")}")
        }
        // One consumer gets each order; without its reply the order comes again.
        bus.consumer<JsonObject>("micro.topic/orders") { order ->
            println("order: ${order.body().getString("item")}")
            order.reply(null)
        }
        val publish =
            DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("topic", "news")
                .addHeader("md.From", "davie")
        bus.request<Any>("micro.broker.publish", JsonObject().put("headline", "It works"), publish).coAwait()
        bus.request<Any>("orders.in", JsonObject().put("item", "a book")).coAwait()
    }
}
