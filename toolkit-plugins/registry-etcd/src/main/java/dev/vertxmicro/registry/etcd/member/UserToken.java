package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.AuthenticateRequest;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The token that stands for a user and a password, got when it is first needed and again when etcd does not know it any more. Confined
 * to one context.
 */
final class UserToken {
    private final String user;
    private final Secret password;
    private @Nullable Future<String> known;

    /**
     * Asks for no token yet.
     *
     * @param user     of etcd; empty for none
     * @param password of the user
     */
    UserToken(String user, Secret password) {
        this.user = user;
        this.password = password;
    }

    /**
     * Makes a call with the token; once more with a new one, if etcd refuses the token.
     *
     * @param member whom to ask for a token
     * @param call   made with the token; an empty one without a user, and where etcd has no users
     * @return what comes of the call
     */
    <A> Future<A> use(EtcdMember member, Function<String, Future<A>> call) {
        if (user.isEmpty()) {
            return call.apply("");
        }
        Future<String> shown = get(member);
        return shown.compose(call).recover(cause -> {
            if (shown.succeeded() && cause instanceof EtcdFailure failure && failure.tokenIsOld()) {
                if (known == shown) {
                    known = null;
                }
                return get(member).compose(call);
            }
            return Future.failedFuture(cause);
        });
    }

    private Future<String> get(EtcdMember member) {
        Future<String> got = known;
        if (got == null || got.failed()) {
            AuthenticateRequest asked = AuthenticateRequest.newBuilder()
                    .setName(user)
                    .setPassword(password.reveal())
                    .build();
            got = member.call(EtcdMethods.AUTHENTICATE, asked, "")
                    .map(answer -> answer.getToken())
                    .recover(cause -> cause instanceof EtcdFailure failure && failure.authIsOff()
                            ? Future.succeededFuture("")
                            : Future.failedFuture(cause));
            known = got;
        }
        return got;
    }

    /** Forgets the token; the next call asks for another. */
    void forget() {
        known = null;
    }
}
