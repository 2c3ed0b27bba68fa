package examples.kotlin

import dev.vertxmicro.kotlin.CoroutineServiceVerticle
import dev.vertxmicro.service.Service
import examples.kotlin.weather.WeatherCoroutineHandler

/** Serves the weather: `bin/vertx run examples.kotlin.WeatherVerticle -conf conf/weather.json`. */
class WeatherVerticle : CoroutineServiceVerticle() {
    override suspend fun setUp(service: Service) {
        WeatherCoroutineHandler.register(service.server(), WeatherStation())
    }
}
