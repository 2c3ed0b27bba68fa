package examples.kotlin

import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait

/** Lists services and calls one, knowing nothing but the event bus. */
class BusVerticle : CoroutineVerticle() {
    override suspend fun start() {
        val list = DeliveryOptions().addHeader("micro-version", "1").addHeader("action", "list")
        val call =
            DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("service", "greeter")
                .addHeader("endpoint", "Greeter.Hello")
        val bus = vertx.eventBus()
        val listed = bus.request<JsonObject>("micro.registry", JsonObject(), list).coAwait()
        println("services: ${listed.body().getJsonArray("services")}")
        val answer = bus.request<JsonObject>("micro.client", JsonObject().put("name", "davie"), call).coAwait()
        println(answer.body().getString("greeting"))
    }
}
