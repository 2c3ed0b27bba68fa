package examples.kotlin

import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.eventbus.Message
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait
import java.util.UUID

/** Reads a stream of a service, knowing nothing but the event bus. */
class TickReader : CoroutineVerticle() {
    private val own = "micro.stream/${UUID.randomUUID()}"
    private var peer = ""
    private var stream = ""

    override suspend fun start() {
        val open = DeliveryOptions()
            .addHeader("micro-version", "1")
            .addHeader("service", "ticks")
            .addHeader("endpoint", "Ticks.Count")
            .addHeader("frame", "open")
            .addHeader("stream-address", own)
            .addHeader("stream-id", "mine")
            .addHeader("credit", "2")
        vertx.eventBus().consumer<JsonObject?>(own, ::take).completion().coAwait()
        val opened = vertx.eventBus().request<Any?>("micro.client", null, open).coAwait()
        peer = opened.headers()["stream-address"]
        stream = opened.headers()["stream-id"]
        vertx.eventBus().send(peer, JsonObject().put("count", 5), frame("message", "number", "1"))
    }

    private fun take(frame: Message<JsonObject?>) {
        when (frame.headers()["frame"]) {
            "message" -> {
                println("tick ${frame.body()?.getInteger("tick")}")
                // Read: there is room for one more.
                vertx.eventBus().send(peer, null, frame("credit", "credit", "1"))
            }

            "end" -> {
                val error: String? = frame.headers()["error"]
                println(if (error == null) "no more ticks" else "failed: $error")
                vertx.eventBus().send(peer, null, frame("end", "number", "2"))
            }

            "reset" -> println("failed: ${frame.headers()["error"]}")

            else -> {} // room for more questions, of which there are none, or a ping
        }
    }

    private fun frame(kind: String, name: String, value: String) =
        DeliveryOptions().addHeader("frame", kind).addHeader("stream", stream).addHeader(name, value)
}
