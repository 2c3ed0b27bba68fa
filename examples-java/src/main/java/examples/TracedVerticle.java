package examples;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.tracing.Tracing;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;

/** A greeter that adds to its trace: {@code bin/vertx run examples.TracedVerticle -conf conf/tracing.json}. */
public final class TracedVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public TracedVerticle() {}

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), this::hello);
    }

    private Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        Tracing.span(context).setAttribute("greeter.language", "en");
        Span thinking = Tracing.tracer(context)
                .spanBuilder("think of a greeting")
                .setParent(Tracing.context(context))
                .startSpan();
        System.out.println("trace: " + thinking.getSpanContext().getTraceId());
        return vertx.timer(5)
                .map(thought -> HelloResponse.newBuilder()
                        .setGreeting("Hello " + request.getName())
                        .build())
                .onComplete(thought -> thinking.end());
    }
}
