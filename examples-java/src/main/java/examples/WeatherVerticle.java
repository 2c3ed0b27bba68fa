package examples;

import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import examples.weather.WeatherHandler;

/** Serves the weather: {@code bin/vertx run examples.WeatherVerticle -conf conf/weather.json}. */
public final class WeatherVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public WeatherVerticle() {}

    @Override
    protected void configure(Service service) {
        WeatherHandler.register(service.server(), new WeatherStation());
    }
}
