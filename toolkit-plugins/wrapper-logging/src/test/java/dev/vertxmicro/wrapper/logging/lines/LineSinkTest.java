package dev.vertxmicro.wrapper.logging.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.LoggingEvent;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;
import org.slf4j.spi.LoggingEventAware;

/** The ways to logging libraries. */
class LineSinkTest {
    private static CallLine line() {
        return new CallLine("call Greeter.Hello 200").add("code", 200).add("caller", "web");
    }

    /** Takes whole events, as Logback and Log4j do. */
    private static final class Fielded extends EventRecordingLogger implements LoggingEventAware {
        private final List<LoggingEvent> events = new ArrayList<>();

        Fielded() {
            super(new SubstituteLogger("calls", null, true), null);
        }

        @Override
        public void log(LoggingEvent event) {
            events.add(event);
        }
    }

    @Test
    void slf4jWritesFieldsForALibraryThatKnowsNone() {
        Queue<SubstituteLoggingEvent> events = new ArrayDeque<>();
        new Slf4jSink(new EventRecordingLogger(new SubstituteLogger("calls", events, true), events))
                .write(Level.INFO, line());
        assertThat(events.remove().getMessage()).isEqualTo("code=200 caller=web call Greeter.Hello 200");
    }

    @Test
    void slf4jGetsFieldsAsKeyValuePairs() {
        Fielded logger = new Fielded();
        LineSink sink = new Slf4jSink(logger);
        sink.write(Level.WARNING, line());
        LoggingEvent event = logger.events.get(0);
        assertThat(event.getMessage()).isEqualTo("call Greeter.Hello 200");
        assertThat(event.getLevel()).isEqualTo(org.slf4j.event.Level.WARN);
        assertThat(event.getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("code=200", "caller=web");
        assertThat(sink.takes(Level.OFF)).isFalse();
        assertThat(sink.takes(Level.DEBUG)).isTrue();
    }

    @Test
    void javaUtilLoggingGetsThemBehindTheSentence() {
        assertThat(LineSink.toJul()).as("slf4j-jdk14 is on the class path").isTrue();
        List<LogRecord> records = new ArrayList<>();
        Logger logger = Logger.getLogger("micro.calls.test");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        logger.addHandler(handler);
        logger.setLevel(java.util.logging.Level.WARNING);
        try {
            LineSink sink = LineSink.of("micro.calls.test");
            assertThat(sink.takes(Level.INFO)).isFalse();
            assertThat(sink.takes(Level.WARNING)).isTrue();
            sink.write(Level.ERROR, line());
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        LogRecord entry = records.get(0);
        assertThat(entry.getLevel()).isEqualTo(java.util.logging.Level.SEVERE);
        assertThat(new SimpleFormatter().formatMessage(entry)).isEqualTo("call Greeter.Hello 200 code=200 caller=web");
    }
}
