package examples;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A greeter whose lines have the ids of the call: {@code bin/vertx run examples.LoggedVerticle -conf conf/wrapper-logging.json}. */
public final class LoggedVerticle extends ServiceVerticle implements GreeterHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedVerticle.class);

    private final Greeter greeter = new Greeter();

    /** For the deployment by name. */
    public LoggedVerticle() {}

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), this);
    }

    @Override
    public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        return vertx.timer(5, TimeUnit.MILLISECONDS).compose(done -> {
            LOG.info("greeting {}", request.getName());
            return greeter.hello(request, context);
        });
    }
}
