package examples.kotlin

import dev.vertxmicro.verticle.DescribedClient
import examples.kotlin.weather.Place
import examples.kotlin.weather.WeatherCoroutineService
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import io.vertx.kotlin.coroutines.dispatcher
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlin.system.exitProcess

/** Watches the weather, reports some and asks for records: `WeatherClient [PLACE]`. */
object WeatherClient {
    @JvmStatic
    fun main(args: Array<String>): Unit = exitProcess(runBlocking { call(args) })

    private suspend fun call(args: Array<String>): Int {
        val vertx = Vertx.vertx()
        val client = DescribedClient.create(vertx, JsonObject())
        return try {
            val weather = WeatherCoroutineService.create("weather", client)
            withContext(vertx.orCreateContext.dispatcher()) { use(weather, args.firstOrNull() ?: "Jena") }
            0
        } catch (e: Exception) {
            System.err.println(e.message)
            1
        } finally {
            client.close().coAwait()
            vertx.close().coAwait()
        }
    }

    private suspend fun use(weather: WeatherCoroutineService, place: String) {
        val wanted = Place.newBuilder().setName(place).setReadings(3).build()
        weather.watch(wanted).collect { println("$place: ${it.celsius} °C") }

        val summary = weather.report(flowOf(18.0, 21.0, 24.0).map { reading(place, it) })
        println("${summary.readings} readings, mean ${summary.mean} °C")

        weather.records(
            flowOf(18.0, 17.0, 25.0).map {
                reading(place, it)
            },
        ).collect { println("record: ${it.celsius} °C") }
    }
}
