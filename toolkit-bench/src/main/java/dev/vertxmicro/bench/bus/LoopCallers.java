package dev.vertxmicro.bench.bus;

import dev.vertxmicro.bench.measure.AlternatingRounds;
import dev.vertxmicro.bench.measure.SteadyCallers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Callers shared out among event loops, as verticles are. */
final class LoopCallers implements AlternatingRounds.Contender {
    private final List<Context> loops;
    private final Supplier<Future<Void>> call;

    private LoopCallers(List<Context> loops, Supplier<Future<Void>> call) {
        this.loops = loops;
        this.call = call;
    }

    /** Takes so many event loops of a Vert.x. */
    static List<Context> loops(Vertx vertx, int size) {
        return Stream.<Context>generate(((VertxInternal) vertx)::createEventLoopContext)
                .limit(size)
                .toList();
    }

    /** Lets callers make this call, which fails if it is not answered rightly. */
    static LoopCallers of(List<Context> loops, Supplier<Future<Void>> call) {
        return new LoopCallers(loops, call);
    }

    @Override
    public Future<Long> call(int callers, BooleanSupplier more) {
        List<Future<Long>> shares = new ArrayList<>();
        int used = Math.min(callers, loops.size());
        for (int i = 0; i < used; i++) {
            int share = callers / used + (i < callers % used ? 1 : 0);
            Promise<Long> answered = Promise.promise();
            loops.get(i)
                    .runOnContext(begin -> SteadyCallers.run(share, call, more).onComplete(answered));
            shares.add(answered.future());
        }
        return Future.all(shares)
                .map(all -> shares.stream().mapToLong(Future::result).sum());
    }
}
