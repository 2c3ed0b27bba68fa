package examples;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.ServerStream;
import examples.weather.Place;
import examples.weather.Reading;
import examples.weather.Summary;
import examples.weather.WeatherHandler;
import io.vertx.core.Future;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;

/** Streams in each direction. */
final class WeatherStation implements WeatherHandler {

    /** The next reading is made when there is room for it: a slow caller is waited for. */
    @Override
    public Future<Void> watch(Place place, ServerStream<Place, Reading> stream, CallContext context) {
        return stream.sendAll(IntStream.range(0, place.getReadings())
                .mapToObj(number -> Reading.newBuilder()
                        .setPlace(place.getName())
                        .setCelsius(20 + number % 10)
                        .build())
                .iterator());
    }

    @Override
    public Future<Summary> report(ServerStream<Reading, Summary> stream, CallContext context) {
        DoubleSummaryStatistics seen = new DoubleSummaryStatistics();
        stream.onMessage(reading -> seen.accept(reading.getCelsius()));
        return stream.ended().map(ended -> Summary.newBuilder()
                .setReadings((int) seen.getCount())
                .setMean(seen.getAverage())
                .build());
    }

    @Override
    public Future<Void> records(ServerStream<Reading, Reading> stream, CallContext context) {
        DoubleSummaryStatistics seen = new DoubleSummaryStatistics();
        stream.onMessage(reading -> {
            if (reading.getCelsius() > seen.getMax()) {
                stream.pause();
                stream.send(reading).onSuccess(sent -> stream.resume());
            }
            seen.accept(reading.getCelsius());
        });
        return stream.ended();
    }
}
