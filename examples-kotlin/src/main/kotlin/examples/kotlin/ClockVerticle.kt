package examples.kotlin

import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.CoroutineVerticle
import io.vertx.kotlin.coroutines.coAwait
import java.time.DateTimeException
import java.time.ZoneId
import java.time.ZonedDateTime

/** Answers what a ServerVerticle forwards to it, knowing nothing but the event bus. */
class ClockVerticle : CoroutineVerticle() {
    override suspend fun start() {
        vertx.eventBus().consumer<JsonObject?>("micro.handler/clock/Clock.Now") { call ->
            val zone = call.body()?.getString("zone") ?: "UTC"
            try {
                call.reply(JsonObject().put("now", ZonedDateTime.now(ZoneId.of(zone)).toString()))
            } catch (e: DateTimeException) {
                call.fail(404, "no zone $zone")
            }
        }.completion().coAwait()
    }
}
