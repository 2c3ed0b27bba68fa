package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.broker.Broker;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether the broker can be connected to. It is closed afterwards.
 *
 * @param type       of the broker
 * @param place      where it is; empty if it is nowhere
 * @param making     makes the broker
 * @param waitMillis how long to wait for it
 */
public record BrokerCheck(String type, String place, Supplier<Broker> making, long waitMillis) implements Check {
    private static final Map<String, String> ADVICE = Map.of(
            "http", "choose another address by --broker_address",
            "mqtt", "start it (mosquitto), or say where it is by --broker_address",
            "eventbus", "deploy a BrokerVerticle in the cluster, and add -cluster here");

    @Override
    public String subject() {
        return "broker";
    }

    @Override
    public Finding look() throws InterruptedException {
        String what = type + (place.isEmpty() ? "" : " at " + place);
        String advice = ADVICE.getOrDefault(type, "choose another by --broker");
        Broker broker = making.get();
        Finding found =
                AwaitedAnswer.of("broker", what, broker.connect(), waitMillis, advice, connected -> "connected");
        AwaitedAnswer.of("broker", what, broker.close(), waitMillis, advice, closed -> "");
        return found;
    }
}
