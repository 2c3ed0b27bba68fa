package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;

/**
 * The agents of a registry: keeps to one that works, goes on to the next when it does not. Confined to one context.
 */
public final class Agents {
    /** Id of the errors of the registry. */
    public static final String ERROR_ID = "go.micro.registry";

    private static final int BAD_REQUEST = 400;

    private final List<Agent> all;
    private int current;

    /**
     * Connects to nobody yet.
     *
     * @param vertx    has the event loops
     * @param settings how they are reached
     */
    public Agents(Vertx vertx, AgentSettings settings) {
        all = settings.addresses().stream()
                .map(address -> new Agent(vertx, settings, AgentAddress.parse(address)))
                .toList();
    }

    /**
     * Gives the agent that worked last.
     *
     * @return the agent
     */
    public Agent current() {
        return all.get(current);
    }

    /**
     * Takes note that an agent does not work. Does nothing if another one is in use already.
     *
     * @param agent the agent
     */
    public void passOver(Agent agent) {
        if (current() == agent) {
            current = (current + 1) % all.size();
        }
    }

    /**
     * Asks agents for something until one does it. Each is asked once at most; one that refuses ends it.
     *
     * @param <T>     type of the result
     * @param request what is asked for; it must do no harm to ask twice
     * @return fails with 400 for what Consul refuses as wrong, else with 500; the detail names the agents and what they said
     */
    public <T> Future<T> call(Function<Agent, Future<T>> request) {
        return attempt(request, current, 0, "");
    }

    private <T> Future<T> attempt(Function<Agent, Future<T>> request, int start, int attempt, String before) {
        int index = (start + attempt) % all.size();
        return request.apply(all.get(index)).transform(result -> {
            if (result.succeeded()) {
                current = index;
                return Future.succeededFuture(result.result());
            }
            String said =
                    before + (before.isEmpty() ? "" : "; ") + result.cause().getMessage();
            boolean elsewhere = result.cause() instanceof AgentFailure failure && failure.elsewhere();
            if (elsewhere && attempt + 1 < all.size()) {
                return attempt(request, start, attempt + 1, said);
            }
            return Future.failedFuture(failure(result.cause(), said));
        });
    }

    /**
     * Words a failure for users.
     *
     * @param cause the last one
     * @param said  what all agents said that were asked
     * @return the error, 400 or 500
     */
    public static MicroException failure(Throwable cause, String said) {
        int code = cause instanceof AgentFailure failure && failure.status() == BAD_REQUEST ? BAD_REQUEST : 500;
        return MicroException.of(ERROR_ID, code, "consul at " + said).withoutStackTrace();
    }

    /**
     * Closes all connections.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        return Future.join(all.stream().map(Agent::close).toList()).mapEmpty();
    }
}
