package dev.vertxmicro.reference;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Durations;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;

/** Asks the code which values of a key it takes, by reading descriptors that say nothing else. */
public final class Probe {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Probe() {}

    /** Says why a value is refused; nothing if it is taken. */
    public static Optional<String> refusal(String path, Object value) {
        return refusal(descriptor(path, value));
    }

    /** Says why a descriptor is refused; nothing if it is taken. */
    public static Optional<String> refusal(JsonObject descriptor) {
        try {
            ServiceDescriptor.parse(descriptor);
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Makes a descriptor that says nothing else; elements of lists say what they must. */
    public static JsonObject descriptor(String path, Object value) {
        String[] keys = path.substring(2).split("\\.", -1);
        JsonObject root = new JsonObject();
        JsonObject parent = root;
        for (int i = 0; i < keys.length - 1; i++) {
            JsonObject next = new JsonObject();
            if (keys[i].endsWith("[0]")) {
                if (keys[i].equals("services[0]")) {
                    next.put("name", "greeter");
                    if (keys[0].equals("registry")) {
                        next.put("addresses", new JsonArray().add("127.0.0.1:9001"));
                    }
                } else if (keys[i].equals("bridges[0]")) {
                    next.put("to", "bus").put("topic", "news");
                } else if (keys[i].equals("wrappers[0]")) {
                    next.mergeIn(SomeWrapper.of(keys[i + 1]));
                } else if (keys[0].equals("wrappers[0]")) {
                    next.mergeIn(SomeWrapper.element(keys[1] + "." + keys[i].replace("[0]", "")));
                }
                parent.put(keys[i].replace("[0]", ""), new JsonArray().add(next));
            } else {
                if (parent.getValue(keys[i]) instanceof JsonObject there) {
                    next = there;
                }
                parent.put(keys[i], keys[i].equals("will") ? next.put("topic", "gone") : next);
            }
            parent = next;
        }
        parent.put(keys[keys.length - 1], value);
        return root;
    }

    /** Gives the bounds of a whole number, between which all is taken. */
    static JsonObject numbers(String path, long usual, long least, long most) {
        return new JsonObject()
                .put("minimum", json(last(usual, least, number -> takes(path, json(number)))))
                .put("maximum", json(last(usual, most, number -> takes(path, json(number)))));
    }

    /** Gives the bounds of a duration: whether it may be 0, and those that no pattern can say. */
    static JsonObject durations(String path, Duration usual) {
        String unit = "([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+";
        boolean zero = takes(path, "0");
        JsonObject bounds = new JsonObject().put("pattern", zero ? "^(0|" + unit + ")$" : "^(?=.*[1-9])" + unit + "$");
        if (!zero && !takes(path, "1ns")) {
            long least = last(usual.toMillis(), 0, millis -> takes(path, millis + "ms"));
            bounds.put("minimumDuration", Durations.text(Duration.ofMillis(least)));
        }
        if (!takes(path, Durations.text(LONGEST))) {
            long most = last(usual.toSeconds(), LONGEST.toSeconds(), seconds -> takes(path, seconds + "s"));
            bounds.put("maximumDuration", Durations.text(Duration.ofSeconds(most)));
        }
        return bounds;
    }

    private static boolean takes(String path, Object value) {
        return refusal(path, value).isEmpty();
    }

    private static Object json(long number) {
        return number == (int) number ? (Object) (int) number : (Object) number;
    }

    /** Finds the last number that is taken on the way from one that is to a bound. */
    private static long last(long taken, long bound, LongPredicate takes) {
        if (takes.test(bound)) {
            return bound;
        }
        long good = taken;
        long bad = bound;
        while (Math.abs((double) good - bad) > 1) {
            long middle = good / 2 + bad / 2 + (good % 2 + bad % 2) / 2;
            if (takes.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }
}
