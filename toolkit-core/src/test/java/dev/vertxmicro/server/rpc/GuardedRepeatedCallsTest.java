package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls are known again behind interceptors as they are without, and nobody gets an answer past them. */
class GuardedRepeatedCallsTest extends RepeatedCallsTest {
    private boolean open = true;

    @Override
    List<ServerInterceptor> interceptors() {
        return List.of(new ServerInterceptor.OfCalls() {
            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                return open
                        ? next.handle(request, context)
                        : Future.failedFuture(MicroException.of("shop", 401, "who are you"));
            }
        });
    }

    @Test
    void givesNoKeptAnswerToWhomAnInterceptorRefuses() {
        start(MINUTE);
        buy("k1", "1");
        asked.get(0).complete(StringValue.of("sold"));
        open = false;
        assertThat(error(buy("k1", "2"))).contains("who are you");
        open = true;
        assertThat(said(buy("k1", "3"))).startsWith("sold 3");
        assertThat(asked).hasSize(1);
    }
}
