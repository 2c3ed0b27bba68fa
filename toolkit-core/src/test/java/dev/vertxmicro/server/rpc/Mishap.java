package dev.vertxmicro.server.rpc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;

/** What a handler, or whoever stands before it, does in place of an answer; all of it has happened to somebody. */
enum Mishap {
    THROWS {
        @Override
        <T> Future<T> happen() {
            throw new IllegalStateException("jdbc:secret");
        }
    },
    THROWS_AN_ERROR {
        @Override
        <T> Future<T> happen() {
            throw new NoClassDefFoundError("jdbc:secret");
        }
    },
    OVERFLOWS_THE_STACK {
        @Override
        <T> Future<T> happen() {
            return deeper();
        }

        @SuppressWarnings("InfiniteRecursion") // that is the mishap
        private <T> Future<T> deeper() {
            Future<T> deep = deeper();
            return deep.map(value -> value);
        }
    },
    THROWS_UNDECLARED {
        @Override
        <T> Future<T> happen() {
            throw Mishap.<RuntimeException>any(new IOException("jdbc:secret"));
        }
    },
    ANSWERS_NULL {
        @Override
        @SuppressWarnings("NullAway") // that is the mishap
        <T> Future<T> happen() {
            return null;
        }
    },
    FAILS {
        @Override
        <T> Future<T> happen() {
            return Future.failedFuture(new IllegalStateException("jdbc:secret"));
        }
    },
    FAILS_LATER_WITH_AN_ERROR {
        @Override
        <T> Future<T> happen() {
            Promise<T> promise = Promise.promise();
            LATER.add(() -> promise.fail(new AssertionError("jdbc:secret")));
            return promise.future();
        }
    };

    /** What is to happen when the handler has returned. */
    static final java.util.Queue<Runnable> LATER = new java.util.ArrayDeque<>();

    abstract <T> Future<T> happen();

    /** The same for what answers at once. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is the mishap
    final <T> T value() {
        Future<T> answer = happen();
        if (answer == null || answer.succeeded()) {
            return null;
        }
        throw Mishap.<RuntimeException>any(answer.cause());
    }

    /** Lets happen what was put off. */
    static void later() {
        for (Runnable next = LATER.poll(); next != null; next = LATER.poll()) {
            next.run();
        }
    }

    /** Kotlin and generics throw what no signature names. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E any(Throwable failure) throws E {
        throw (E) failure;
    }
}
