package dev.vertxmicro.wrapper.logging.mdc;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** An MDC that knows the ids on the Vert.x context. */
class ContextMdcTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    @Test
    void theIdsOfTheContextComeFirstAndTheRestIsOnTheThread() {
        MDCAdapter mdc = new ContextMdc(new BasicMDCAdapter());
        Promise<Map<String, String>> seen = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            ContextInternal own = Objects.requireNonNull(CallLocal.contextWith(new CallIds("t", "7", false)));
            own.runOnContext(call -> {
                mdc.put("tenant", "blue");
                vertx.timer(1).onComplete(timer -> {
                    assertThat(mdc.get("trace_id")).isEqualTo("t");
                    assertThat(mdc.get("call_id")).isEqualTo("7");
                    seen.complete(mdc.getCopyOfContextMap());
                });
            });
        });
        assertThat(result(seen.future())).isEqualTo(Map.of("trace_id", "t", "call_id", "7", "tenant", "blue"));
        assertThat(mdc.get("trace_id")).isNull();
    }

    /** Looks into an MDC of its own, as Logback does. */
    public static final class OwnMdc implements ILoggerFactory {
        private MDCAdapter mdc = new BasicMDCAdapter();

        @Override
        public Logger getLogger(String name) {
            return NOPLogger.NOP_LOGGER;
        }

        public void setMDCAdapter(MDCAdapter other) {
            mdc = other;
        }
    }

    @Test
    void aLibraryThatHasAnMdcOfItsOwnIsGivenThisOne() {
        OwnMdc loggers = new OwnMdc();
        ContextMdcProvider provider = new ContextMdcProvider(new NOP_FallbackServiceProvider() {
            @Override
            public ILoggerFactory getLoggerFactory() {
                return loggers;
            }
        });
        provider.initialize();
        assertThat(provider.getMDCAdapter()).isInstanceOf(ContextMdc.class);
        assertThat(loggers.mdc).isSameAs(provider.getMDCAdapter());
    }

    @Test
    void aProcessNeedsNoneOfIt() {
        new ContextMdcProvider(new NOP_FallbackServiceProvider()).initialize();
        assertThat(ContextMdc.isUsed()).isFalse();
        assertThat(Future.succeededFuture(CallLocal.current()).result()).isNull();
    }
}
