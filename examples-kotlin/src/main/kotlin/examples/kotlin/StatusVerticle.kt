package examples.kotlin

import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait
import java.util.UUID

/** A plain HTTP server that lets itself be found, knowing nothing but the event bus. */
class StatusVerticle : CoroutineVerticle() {
    override suspend fun start() {
        val id = "status-${UUID.randomUUID()}"
        // Vert.x takes this consumer away with the verticle; then the registration is dropped.
        vertx.eventBus().consumer<JsonObject>(id) { it.reply(JsonObject()) }
        val register =
            DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("action", "register")
                .addHeader("owner", id)
        val server =
            vertx
                .createHttpServer()
                .requestHandler {
                    it.response().putHeader("Content-Type", "application/json").end("""{"status":"fine"}""")
                }
                .listen(0, "127.0.0.1")
                .coAwait()
        val metadata = JsonObject().put("protocol", "mucp")
        val address = "127.0.0.1:${server.actualPort()}"
        val node = JsonObject().put("id", id).put("address", address).put("metadata", metadata)
        val service =
            JsonObject()
                .put("name", "status")
                .put("version", "1.0.0")
                .put("nodes", JsonArray().add(node))
        vertx.eventBus().request<JsonObject>("micro.registry", service, register).coAwait()
        println("registered: $id")
    }
}
