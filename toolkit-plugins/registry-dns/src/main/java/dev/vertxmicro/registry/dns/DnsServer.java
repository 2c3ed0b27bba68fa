package dev.vertxmicro.registry.dns;

import dev.vertxmicro.error.MicroException;
import io.netty.channel.AddressedEnvelope;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
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
    private static final int DEEPEST = 8;

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
                answer.fail(failed(address, type, done.cause()));
                return;
            }
            @SuppressWarnings("unchecked") // what query promises
            AddressedEnvelope<DnsResponse, InetSocketAddress> envelope =
                    (AddressedEnvelope<DnsResponse, InetSocketAddress>) done.getNow();
            try {
                take(envelope.content(), address, type, answer);
            } catch (RuntimeException malformed) {
                answer.tryFail(malformed);
            } finally {
                envelope.release();
            }
        });
        return answer.future();
    }

    /** Says who has not answered, and by which key another is asked, instead of how the question looked. */
    private static MicroException failed(InetSocketAddress address, DnsRecordType type, Throwable cause) {
        String what = cause instanceof DnsNameResolverTimeoutException
                ? " does not answer"
                : " cannot be asked (" + rooted(cause) + ")";
        return MicroException.internal(
                        DnsRegistry.ID,
                        text(address) + what + "; asked for " + type.name()
                                + " (expected: a DNS server, see registry.dns.address)")
                .withoutStackTrace()
                .withCause(cause);
    }

    private static String rooted(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; depth < DEEPEST && root.getCause() != null; depth++) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return text == null ? root.getClass().getSimpleName() : text.replace(" (no stack trace available)", "");
    }

    private static MicroException refused(InetSocketAddress address, DnsResponseCode code) {
        return MicroException.internal(
                        DnsRegistry.ID,
                        text(address) + " answered " + code
                                + " (expected: a server that knows the zone, see registry.dns.domain)")
                .withoutStackTrace();
    }

    private static String text(InetSocketAddress at) {
        return at.getAddress().getHostAddress() + ":" + at.getPort();
    }

    private static void take(
            DnsResponse response, InetSocketAddress address, DnsRecordType type, Promise<DnsAnswer> answer) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            answer.complete(DnsAnswer.NOTHING);
        } else if (code.equals(DnsResponseCode.NOERROR)) {
            answer.complete(DnsAnswer.read(response, type));
        } else {
            answer.fail(refused(address, code));
        }
    }

    /** Names it in lines of the log and errors. */
    @Override
    public String toString() {
        return addresses.stream().map(DnsServer::text).collect(Collectors.joining(", "));
    }
}
