package dev.vertxmicro.time;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A logger that the JDK is asked for when there is something to say. The first that is asked for looks for a logging library in
 * every jar of the class path, which a command that says nothing need not wait for. Safe for any thread.
 */
public final class LateLogger implements System.Logger {
    private final String name;
    private volatile System.@Nullable Logger logger;

    private LateLogger(String name) {
        this.name = name;
    }

    /**
     * Makes one.
     *
     * @param type whose name it has
     * @return the logger
     */
    public static System.Logger of(Class<?> type) {
        return new LateLogger(type.getName());
    }

    private System.Logger logger() {
        System.Logger known = logger;
        if (known == null) {
            known = System.getLogger(name);
            logger = known;
        }
        return known;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger().isLoggable(level);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
        logger().log(level, bundle, text, thrown);
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... params) {
        logger().log(level, bundle, format, params);
    }
}
