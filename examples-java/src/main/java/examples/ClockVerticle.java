package examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Answers what a ServerVerticle forwards to it, knowing nothing but the event bus: {@code bin/vertx run conf/clock.json}. */
public final class ClockVerticle extends VerticleBase {

    /** For the deployment by name. */
    public ClockVerticle() {}

    @Override
    public Future<?> start() {
        return vertx.eventBus()
                .<JsonObject>consumer("micro.handler/clock/Clock.Now", call -> {
                    String zone = call.body() == null ? "UTC" : call.body().getString("zone", "UTC");
                    try {
                        String now = ZonedDateTime.now(ZoneId.of(zone)).toString();
                        call.reply(new JsonObject().put("now", now));
                    } catch (DateTimeException unknown) {
                        call.fail(404, "no zone " + zone);
                    }
                })
                .completion();
    }
}
