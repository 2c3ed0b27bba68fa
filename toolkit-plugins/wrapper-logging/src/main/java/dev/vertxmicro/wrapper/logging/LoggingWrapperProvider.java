package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "logging"}. */
public final class LoggingWrapperProvider implements WrapperProvider {
    private static final Map<String, Level> LEVELS = Map.of(
            "off", Level.OFF, "debug", Level.DEBUG, "info", Level.INFO, "warn", Level.WARNING, "error", Level.ERROR);
    private static final Map<String, LogLayout> LAYOUTS = Map.of("text", LogLayout.TEXT, "json", LogLayout.JSON);

    /** For the service loader. */
    public LoggingWrapperProvider() {}

    @Override
    public String type() {
        return CallLogging.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        LoggingOptions options = read(section);
        return vertx -> CallLogging.create(options, VertxTimers.of(vertx), who.name(), who.name() + "-" + who.id());
    }

    static LoggingOptions read(Section section) {
        LoggingOptions defaults = LoggingOptions.DEFAULTS;
        return section.build(() -> new LoggingOptions(
                section.choice("layout", defaults.layout(), LAYOUTS),
                section.integer("sample", defaults.sample()),
                section.duration("slowAfter", defaults.slowAfter()),
                section.choice("successLevel", defaults.successLevel(), LEVELS),
                section.choice("slowLevel", defaults.slowLevel(), LEVELS),
                section.choice("refusedLevel", defaults.refusedLevel(), LEVELS),
                section.choice("failureLevel", defaults.failureLevel(), LEVELS),
                section.integer("linesPerSecond", defaults.linesPerSecond()),
                section.bool("mdc", defaults.mdc()),
                section.bool("requestId", defaults.requestId()),
                section.list("metadata", defaults.metadata()),
                section.bool("payloads", defaults.payloads()),
                section.integer("payloadChars", defaults.payloadChars())));
    }
}
