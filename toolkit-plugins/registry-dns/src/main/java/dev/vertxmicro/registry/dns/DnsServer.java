package dev.vertxmicro.registry.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One DNS server, or several that know the same, which are asked one after the other until one answers; twice, for a packet may be lost.
 * Confined to the event loop of the resolver.
 *
 * @param addresses at least one
 * @param resolver  asks
 */
record DnsServer(List<InetSocketAddress> addresses, DnsNameResolver resolver) {
    private static final int ROUNDS = 2;

    /** Asks; fails where none answers, or the one that does says that it cannot tell. */
    Future<DnsAnswer> ask(String name, DnsRecordType type) {
        return ask(name, type, 0);
    }

    private Future<DnsAnswer> ask(String name, DnsRecordType type, int attempt) {
        InetSocketAddress address = addresses.get(attempt % addresses.size());
        return asked(address, name, type)
                .recover(failure -> attempt + 1 < ROUNDS * addresses.size()
                        ? ask(name, type, attempt + 1)
                        : Future.failedFuture(failure));
    }

    private Future<DnsAnswer> asked(InetSocketAddress address, String name, DnsRecordType type) {
        Promise<DnsAnswer> answer = Promise.promise();
        resolver.query(address, new DefaultDnsQuestion(name, type)).addListener(done -> {
            if (!done.isSuccess()) {
                answer.fail(done.cause());
                return;
            }
            @SuppressWarnings("unchecked") // what query promises
            AddressedEnvelope<DnsResponse, InetSocketAddress> envelope =
                    (AddressedEnvelope<DnsResponse, InetSocketAddress>) done.getNow();
            try {
                take(envelope.content(), type, answer);
            } catch (RuntimeException malformed) {
                answer.tryFail(malformed);
            } finally {
                envelope.release();
            }
        });
        return answer.future();
    }

    private static void take(DnsResponse response, DnsRecordType type, Promise<DnsAnswer> answer) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            answer.complete(DnsAnswer.NOTHING);
        } else if (code.equals(DnsResponseCode.NOERROR)) {
            answer.complete(DnsAnswer.read(response, type));
        } else {
            answer.fail("answered " + code);
        }
    }

    /** Names it in lines of the log and errors. */
    @Override
    public String toString() {
        return addresses.stream()
                .map(at -> at.getAddress().getHostAddress() + ":" + at.getPort())
                .collect(Collectors.joining(", "));
    }
}
