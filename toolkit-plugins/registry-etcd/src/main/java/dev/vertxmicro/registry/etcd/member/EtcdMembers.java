package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchCreateRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchResponse;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.ServiceMethod;
import java.util.List;

/** The members of a cluster: keeps to one that works, goes on to the next when it does not. Confined to one context. */
public final class EtcdMembers implements EtcdCalls {
    private final Vertx vertx;
    private final MemberSettings settings;
    private final List<EtcdMember> all;
    private final UserToken token;
    private int current;

    /**
     * Connects to nobody yet.
     *
     * @param vertx    has the event loops
     * @param settings how members are reached
     */
    public EtcdMembers(Vertx vertx, MemberSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        all = settings.addresses().stream()
                .map(address -> new EtcdMember(vertx, settings, MemberSettings.address(address)))
                .toList();
        token = new UserToken(settings.user(), settings.password());
    }

    @Override
    public <Q, A> Future<A> call(ServiceMethod<A, Q> method, Q asked) {
        return attempt(method, asked, current, 0, "");
    }

    private <Q, A> Future<A> attempt(ServiceMethod<A, Q> method, Q asked, int start, int attempt, String before) {
        int index = (start + attempt) % all.size();
        EtcdMember member = all.get(index);
        return token.use(member, shown -> member.call(method, asked, shown)).transform(result -> {
            if (result.succeeded()) {
                current = index;
                return Future.succeededFuture(result.result());
            }
            EtcdFailure failure = member.failure(result.cause());
            String said = before + (before.isEmpty() ? "" : "; ") + failure.getMessage();
            if (failure.elsewhere() && attempt + 1 < all.size()) {
                return attempt(method, asked, start, attempt + 1, said);
            }
            return Future.failedFuture(failure.wording(said));
        });
    }

    /**
     * Follows changes at the member that worked last; when it ends, the next one is to be asked.
     *
     * @param what  is followed
     * @param taker gets what comes, in order
     * @param ended is told once, why, unless it was closed
     * @return the stream
     */
    public WatchStream watch(WatchCreateRequest what, Handler<WatchResponse> taker, Handler<EtcdFailure> ended) {
        EtcdMember member = all.get(current);
        WatchStream stream = new WatchStream(vertx, member, settings.requestTimeout(), taker, failure -> {
            passOver(member);
            ended.handle(failure);
        });
        token.use(member, shown -> stream.open(what, shown)).onFailure(failure -> stream.end(member.failure(failure)));
        return stream;
    }

    /** Goes on to the next member, unless another one is in use already. */
    private void passOver(EtcdMember member) {
        if (all.get(current) == member) {
            current = (current + 1) % all.size();
        }
    }

    /** Forgets the user's token, as etcd refuses a watch alike for a token that it has forgotten and for rights that are missing. */
    public void forgetToken() {
        token.forget();
    }

    /**
     * Closes all connections.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        return Future.join(all.stream().map(EtcdMember::close).toList()).mapEmpty();
    }
}
