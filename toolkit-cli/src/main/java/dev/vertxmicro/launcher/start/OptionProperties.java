package dev.vertxmicro.launcher.start;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/** System properties that set options of Vert.x, as its users know them: {@code -Dvertx.options.eventLoopPoolSize=4}. */
public final class OptionProperties {
    static final String VERTX = "vertx.options.";
    static final String EVENT_BUS = "vertx.eventBus.options.";
    public static final String DEPLOYMENT = "vertx.deployment.options.";
    static final String METRICS = "vertx.metrics.options.";

    private static final System.Logger LOG = System.getLogger(OptionProperties.class.getName());

    private OptionProperties() {}

    static boolean any(String prefix) {
        return names(prefix).findAny().isPresent();
    }

    private static Stream<String> names(String prefix) {
        return System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith(prefix));
    }

    /** Calls the setters of the properties with the prefix; says what it cannot set. */
    public static void set(Object options, String prefix) {
        names(prefix).sorted().forEach(name -> {
            String value = System.getProperty(name, "");
            String problem = set(options, name.substring(prefix.length()), value);
            if (!problem.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "-D" + name + ": " + problem);
            }
        });
    }

    private static String set(Object options, String field, String value) {
        Optional<Method> setter = Stream.of(options.getClass().getMethods())
                .filter(method -> method.getName().equalsIgnoreCase("set" + field) && method.getParameterCount() == 1)
                .min((one, other) -> Boolean.compare(one.isBridge(), other.isBridge()));
        if (setter.isEmpty()) {
            return "no such option of " + options.getClass().getSimpleName();
        }
        try {
            setter.get().invoke(options, converted(setter.get().getParameterTypes()[0], value));
            return "";
        } catch (IllegalArgumentException e) {
            return "\"" + value + "\" (expected: a value of "
                    + setter.get().getParameterTypes()[0].getSimpleName() + ")";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        } catch (IllegalAccessException e) {
            return e.toString();
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object converted(Class<?> type, String value) {
        if (type == String.class) {
            return value;
        }
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return Long.valueOf(value);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(value);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class<? extends Enum>) type, value);
        }
        throw new IllegalArgumentException(type.getName());
    }
}
