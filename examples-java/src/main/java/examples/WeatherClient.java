package examples;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.verticle.DescribedClient;
import examples.weather.Place;
import examples.weather.Reading;
import examples.weather.Summary;
import examples.weather.WeatherService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** Watches the weather, reports some and asks for records: {@code WeatherClient [PLACE]}. */
public final class WeatherClient {
    private final WeatherService weather;
    private final String place;

    private WeatherClient(WeatherService weather, String place) {
        this.weather = weather;
        this.place = place;
    }

    /**
     * Uses each kind of stream once.
     *
     * @param args the place
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        DescribedClient client = DescribedClient.create(vertx, new JsonObject());
        WeatherService weather = WeatherService.create("weather", client);
        WeatherClient program = new WeatherClient(weather, args.length == 0 ? "Jena" : args[0]);
        program.watch()
                .compose(watched -> program.report())
                .compose(reported -> program.records())
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    private Future<Void> watch() {
        Place wanted = Place.newBuilder().setName(place).setReadings(3).build();
        return weather.watch(wanted).compose(stream -> {
            stream.onMessage(reading -> System.out.println(place + ": " + reading.getCelsius() + " °C"));
            return stream.ended();
        });
    }

    private Future<Void> report() {
        return weather.report().compose(stream -> {
            Promise<Summary> answer = Promise.promise();
            stream.onMessage(answer::tryComplete);
            stream.ended().onFailure(answer::tryFail);
            return send(stream, 18, 21, 24)
                    .compose(sent -> answer.future())
                    .onSuccess(summary ->
                            System.out.println(summary.getReadings() + " readings, mean " + summary.getMean() + " °C"))
                    .mapEmpty();
        });
    }

    private Future<Void> records() {
        return weather.records().compose(stream -> {
            stream.onMessage(reading -> System.out.println("record: " + reading.getCelsius() + " °C"));
            return send(stream, 18, 17, 25).compose(sent -> stream.ended());
        });
    }

    /** Sends one reading after the other, each when there is room for it, then ends. */
    private Future<Void> send(ClientStream<Reading, ?> stream, double... celsius) {
        return stream.sendAll(Arrays.stream(celsius)
                        .mapToObj(value -> Reading.newBuilder()
                                .setPlace(place)
                                .setCelsius(value)
                                .build())
                        .iterator())
                .compose(sent -> stream.end());
    }
}
