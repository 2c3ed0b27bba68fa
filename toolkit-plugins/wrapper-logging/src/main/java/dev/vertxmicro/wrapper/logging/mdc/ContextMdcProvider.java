package dev.vertxmicro.wrapper.logging.mdc;

import java.util.ServiceLoader;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Puts an MDC that knows Vert.x contexts before that of the logging library on the class path. SLF4J is told of it by the system
 * property {@code slf4j.provider}, as {@code bin/vertx} does for what it runs.
 *
 * <p>A library that looks into an MDC of its own, not into SLF4J's, is given this one if its logger factory has {@code
 * setMDCAdapter}, as Logback's has.
 */
public final class ContextMdcProvider implements SLF4JServiceProvider {
    private final SLF4JServiceProvider library;
    private MDCAdapter mdc;

    /** For SLF4J, which is told its name. */
    public ContextMdcProvider() {
        this(ServiceLoader.load(SLF4JServiceProvider.class).findFirst().orElseGet(NOP_FallbackServiceProvider::new));
    }

    ContextMdcProvider(SLF4JServiceProvider library) {
        this.library = library;
        this.mdc = new ContextMdc(library.getMDCAdapter());
    }

    @Override
    public void initialize() {
        library.initialize();
        mdc = new ContextMdc(library.getMDCAdapter());
        ILoggerFactory loggers = library.getLoggerFactory();
        try {
            loggers.getClass().getMethod("setMDCAdapter", MDCAdapter.class).invoke(loggers, mdc);
        } catch (ReflectiveOperationException looksIntoThatOfSlf4j) {
            // most do
        }
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return library.getLoggerFactory();
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return library.getMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return library.getRequestedApiVersion();
    }
}
