package dev.vertxmicro.verticle;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.time.Startup;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.shareddata.LocalMap;
import org.jspecify.annotations.Nullable;

/** A verticle of whose instances in one deployment one does the work; what it began ends also in the middle of its start. */
abstract class SoleInstanceVerticle extends VerticleBase {
    /** Its steps are undone where the end overtakes them. */
    final Startup startup;

    private final String part;
    private @Nullable Future<Void> ended;
    private boolean works;

    /**
     * Begins nothing.
     *
     * @param part what it owns, such as {@code registry}
     */
    SoleInstanceVerticle(String part) {
        this.part = part;
        this.startup = new Startup("go.micro." + part);
    }

    /** Begins the work. */
    abstract Future<Void> open(ServiceDescriptor read);

    /** Closes what {@link #open} made, all or nothing of it. */
    abstract Future<Void> close();

    @Override
    public final Future<?> start() {
        ServiceDescriptor read = DescribedVerticles.read(vertx, getClass(), config());
        if (working().putIfAbsent(deploymentID(), true) != null) {
            return Future.succeededFuture();
        }
        works = true;
        Undeployment.of(context, this::end);
        return Future.succeededFuture().compose(first -> open(read)).recover(failure -> end().transform(
                        ended -> Future.failedFuture(failure)));
    }

    /** The deployments of this Vert.x in which an instance does the work. */
    private LocalMap<String, Boolean> working() {
        return vertx.sharedData().getLocalMap("dev.vertxmicro." + part + ".working");
    }

    @Override
    public final Future<?> stop() {
        return end();
    }

    /** Ends what has begun, once, also in the middle of a start. */
    private Future<Void> end() {
        Future<Void> known = ended;
        if (known == null) {
            known = startup.stop().eventually(this::left);
            ended = known;
        }
        return known;
    }

    private Future<Void> left() {
        if (works) {
            working().remove(deploymentID());
        }
        return close();
    }
}
