package dev.vertxmicro.wrapper.auth.credential;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.config.Glob;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Shows a credential to those services and topics that are to see it, and to nobody else. What the caller has put there himself stays.
 *
 * @param header     which metadata has it
 * @param shown      what is shown
 * @param services   to which services
 * @param topics     at which topics
 */
public record CredentialInterceptor(String header, Credential shown, List<String> services, List<String> topics)
        implements ClientInterceptor {
    /** Copies the lists. */
    public CredentialInterceptor {
        services = List.copyOf(services);
        topics = List.copyOf(topics);
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        if (hidden(services, request.service(), context)) {
            return next.exchange(context, request);
        }
        Optional<String> ready = shown.ready();
        return ready.isPresent()
                ? next.exchange(context.withMetadata(header, ready.get()), request)
                : shown.obtain().compose(value -> next.exchange(context.withMetadata(header, value), request));
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        if (hidden(services, request.service(), context)) {
            return next.open(context, request);
        }
        Optional<String> ready = shown.ready();
        return ready.isPresent()
                ? next.open(context.withMetadata(header, ready.get()), request)
                : shown.obtain().compose(value -> next.open(context.withMetadata(header, value), request));
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        if (hidden(topics, topic.name(), context)) {
            return next.publish(context, topic, payload);
        }
        Optional<String> ready = shown.ready();
        return ready.isPresent()
                ? next.publish(context.withMetadata(header, ready.get()), topic, payload)
                : shown.obtain().compose(value -> next.publish(context.withMetadata(header, value), topic, payload));
    }

    private boolean hidden(List<String> to, String name, CallContext context) {
        return !Glob.anyMatches(to, name) || context.outgoing().contains(header);
    }
}
