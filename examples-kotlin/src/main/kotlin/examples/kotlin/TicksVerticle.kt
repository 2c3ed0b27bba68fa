package examples.kotlin

import io.vertx.core.MultiMap
import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.eventbus.EventBus
import io.vertx.core.eventbus.Message
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait
import java.util.UUID

/** Serves a stream of a ServerVerticle, knowing nothing but the event bus. */
class TicksVerticle : CoroutineVerticle() {
    private val own = "micro.stream/${UUID.randomUUID()}"
    private val streams = mutableMapOf<String?, Ticks>()

    override suspend fun start() {
        vertx.eventBus().consumer<JsonObject?>(own, ::take).completion().coAwait()
        vertx.eventBus().consumer<Any?>("micro.handler/ticks/Ticks.Count", ::open).completion().coAwait()
    }

    private fun open(asked: Message<Any?>) {
        val id = UUID.randomUUID().toString()
        streams[id] = Ticks(asked.headers())
        // At this address, under this id, there is room for one message.
        val room = DeliveryOptions().addHeader(
            "stream-address",
            own,
        ).addHeader("stream-id", id).addHeader("credit", "1")
        asked.reply(null, room)
    }

    private fun take(frame: Message<JsonObject?>) {
        val id: String? = frame.headers()["stream"]
        val ticks = streams[id] ?: return // a ping, or of a stream that is over
        when (frame.headers()["frame"]) {
            "message" -> ticks.left = frame.body()?.getInteger("count") ?: 1
            "credit" -> ticks.credit += frame.headers()["credit"].toInt()
            "reset" -> streams.remove(id)
            else -> {} // its end: there is no further question
        }
        if (ticks.isOver(vertx.eventBus())) {
            streams.remove(id)
        }
    }

    /** What one caller has asked for. */
    private class Ticks(opened: MultiMap) {
        private val address: String = opened["stream-address"]
        private val stream: String = opened["stream-id"]
        var credit: Int = opened["credit"].toInt()
        var left = -1
        private var number = 0

        /** Sends what there is room for. */
        fun isOver(bus: EventBus): Boolean {
            while (left > 0 && credit > 0) {
                left--
                credit--
                bus.send(address, JsonObject().put("tick", number + 1), frame("message"))
            }
            if (left == 0) {
                bus.send(address, null, frame("end"))
            }
            return left == 0
        }

        private fun frame(kind: String): DeliveryOptions {
            number++
            return DeliveryOptions().addHeader("frame", kind).addHeader("stream", stream).addHeader("number", "$number")
        }
    }
}
