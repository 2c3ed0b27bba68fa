package examples;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.auth.JwtKeyOptions;
import dev.vertxmicro.wrapper.auth.JwtOptions;
import dev.vertxmicro.wrapper.auth.JwtProvider;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import java.util.List;

/**
 * Greets whoever shows a token, by the name in it: {@code bin/vertx run examples.GuardedVerticle -conf FILE}, where {@code app.secret} of
 * the file is what the tokens are signed with. A descriptor may have all of it in {@code wrappers} instead, as conf/jwt.json does.
 */
public final class GuardedVerticle extends ServiceVerticle {

    /** For the deployment by name. */
    public GuardedVerticle() {}

    @Override
    protected Wrappers wrappers() {
        Secret secret = Secret.of(app().getString("secret", ""));
        JwtOptions options = JwtOptions.DEFAULTS.withKeys(List.of(new JwtKeyOptions("", "HS256", secret, "")));
        return new Wrappers(List.of(JwtProvider.wrapper(vertx, options, "greeter")));
    }

    @Override
    protected void configure(Service service) {
        GreeterHandler.register(service.server(), new Guarded());
    }

    /** Handlers are called for those only who have proved who they are. */
    private static final class Guarded implements GreeterHandler {
        @Override
        public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
            String who = Principal.of(context).map(Principal::name).orElse("nobody");
            return Future.succeededFuture(HelloResponse.newBuilder()
                    .setGreeting("Hello " + request.getName() + ", says " + who)
                    .build());
        }
    }
}
