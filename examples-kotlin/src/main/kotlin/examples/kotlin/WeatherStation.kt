package examples.kotlin

import examples.kotlin.weather.Place
import examples.kotlin.weather.Reading
import examples.kotlin.weather.Summary
import examples.kotlin.weather.WeatherCoroutineHandler
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList

/** Streams in each direction. */
class WeatherStation : WeatherCoroutineHandler {
    override fun watch(request: Place): Flow<Reading> = flow {
        repeat(request.readings) { emit(reading(request.name, 20.0 + it % 10)) }
    }

    override suspend fun report(requests: Flow<Reading>): Summary {
        val celsius = requests.toList().map { it.celsius }
        return Summary.newBuilder().setReadings(celsius.size).setMean(celsius.average()).build()
    }

    override fun records(requests: Flow<Reading>): Flow<Reading> = flow {
        var highest = Double.NEGATIVE_INFINITY
        requests.collect {
            if (it.celsius > highest) {
                highest = it.celsius
                emit(it)
            }
        }
    }
}

internal fun reading(place: String, celsius: Double): Reading =
    Reading.newBuilder().setPlace(place).setCelsius(celsius).build()
