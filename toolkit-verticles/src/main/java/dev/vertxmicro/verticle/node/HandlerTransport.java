package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.verticle.streams.HandlerBodies;
import dev.vertxmicro.verticle.streams.HandlerSocket;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Carries calls to handlers by the agents of their processes, to those of this process without. What a handler fails with is an
 * answer; who is not there, or has ended, is told as any transport tells it.
 */
final class HandlerTransport implements Transport {
    private final AddressRoute byAddress;
    private final HandlerRequests requests;
    private final MemberDirectory directory;
    private final MemberDirectory.Line line;
    private final NodeExchange exchange;
    private final Timers timers;

    HandlerTransport(
            AddressRoute byAddress,
            MemberDirectory directory,
            MemberDirectory.Line line,
            NodeExchange exchange,
            Timers timers) {
        this.byAddress = byAddress;
        this.requests = byAddress.requests();
        this.directory = directory;
        this.line = line;
        this.exchange = exchange;
        this.timers = timers;
    }

    @Override
    public String type() {
        return "eventbus";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        String agent = HandlerDiscovery.agent(address);
        String handler = HandlerDiscovery.handler(address);
        HandlerNode node = directory.node(agent);
        if (node == null) {
            return Future.failedFuture(NodeExchange.unreachable(handler));
        }
        boolean local = agent.equals(exchange.own());
        Promise<Message> answer = timers.promise();
        directory.calling(node);
        node.begin(timers.nanoTime());
        (local
                        ? requests.direct(handler, request.body(), context, true)
                        : requests.byAgent(exchange, agent, handler, request.body(), context))
                .onComplete(reply -> {
                    node.end();
                    if (reply.succeeded()) {
                        node.heard(timers.nanoTime());
                        answered(node, handler, HandlerRequests.contentType(context), reply.result(), answer);
                    } else {
                        failed(node, handler, context, reply, answer);
                    }
                });
        return answer.future();
    }

    private void answered(
            HandlerNode node, String handler, String contentType, NodeExchange.Answer reply, Promise<Message> answer) {
        if (reply.headers().contains(Forwarding.ABSENT)) {
            directory.absent(node, handler);
            answer.tryComplete(notTaken(handler));
            return;
        }
        String error = reply.headers().get(NodeExchange.ERROR);
        if (error != null) {
            answer.tryComplete(new Message(Metadata.of(Headers.ERROR, error), Buffer.buffer()));
            return;
        }
        try {
            Buffer body = HandlerBodies.answer(handler, reply.body(), contentType);
            answer.tryComplete(new Message(BusMessages.metadata(reply.headers()), body));
        } catch (MicroException e) {
            answer.tryComplete(error(e));
        }
    }

    private void failed(
            HandlerNode node, String handler, CallContext context, AsyncResult<?> reply, Promise<Message> answer) {
        Throwable failure = reply.cause();
        if (context.cancellation().isCancelled()) {
            answer.tryFail(failure); // whose fault that is, the caller knows
        } else if (failure instanceof MicroException told) {
            if (told.fault() == Fault.UNREACHABLE) {
                directory.notThere(node);
            }
            answer.tryFail(told.fault() == Fault.UNKNOWN ? told.withFault(Fault.CALLER) : told);
        } else if (!(failure instanceof ReplyException sent)) {
            answer.tryFail(failure);
        } else if (BusMessages.untaken(sent)) {
            directory.absent(node, handler);
            answer.tryComplete(notTaken(handler));
        } else {
            MicroException error = BusMessages.error(handler, sent);
            if (error.remote()) {
                answer.tryComplete(error(error));
            } else {
                answer.tryFail(error);
            }
        }
    }

    private static Message error(MicroException error) {
        return new Message(Metadata.of(Headers.ERROR, error.text()), Buffer.buffer());
    }

    private static Message notTaken(String handler) {
        MicroException error = MicroException.unavailable(handler, "no handler").withoutStackTrace();
        Metadata headers = Metadata.builder(2)
                .add(Headers.ERROR, error.text())
                .add(Headers.NOT_TAKEN, "true")
                .build();
        return new Message(headers, Buffer.buffer());
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        String agent = HandlerDiscovery.agent(address);
        String handler = HandlerDiscovery.handler(address);
        HandlerNode node = directory.node(agent);
        if (node == null) {
            return Future.failedFuture(NodeExchange.unreachable(handler));
        }
        directory.calling(node);
        node.begin(timers.nanoTime());
        return (agent.equals(exchange.own())
                        ? byAddress.open(handler, context, true)
                        : byAddress.open(exchange, agent, handler, context))
                .onComplete(opened -> {
                    node.end();
                    if (opened.succeeded()) {
                        node.heard(timers.nanoTime());
                    } else if (opened.cause() instanceof MicroException why && why.fault() == Fault.UNREACHABLE) {
                        notOpened(node, handler, why);
                    }
                })
                .map(HandlerSocket::new);
    }

    /** Either the process is gone, or the handler alone, which its agent has said. */
    private void notOpened(HandlerNode node, String handler, MicroException why) {
        if (why.id().equals(handler)) {
            directory.absent(node, handler);
        } else {
            directory.notThere(node);
        }
    }

    @Override
    public Future<Void> probe(String address) {
        String handler = HandlerDiscovery.handler(address);
        JsonObject question = new JsonObject().put("handlers", new JsonArray().add(handler));
        return line.ping(HandlerDiscovery.agent(address), question)
                .compose(said -> said.getJsonArray("there", new JsonArray()).contains(handler)
                        ? Future.succeededFuture()
                        : Future.failedFuture(NodeExchange.unreachable(handler)));
    }

    @Override
    public Listener listener(String address) {
        throw new UnsupportedOperationException("handlers listen by themselves");
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
