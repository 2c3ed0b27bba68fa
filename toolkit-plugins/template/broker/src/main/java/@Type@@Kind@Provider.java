package @root@;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.@Kind@Provider;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;

/** Provides {@code "type": "@name@"}. */
public final class @Type@@Kind@Provider implements @Kind@Provider {

    /** For the service loader. */
    public @Type@@Kind@Provider() {}

    @Override
    public String type() {
        return @Type@@Kind@.TYPE;
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section) {
        @Type@@Kind@Options options = read(section);
        return (vertx, registry) -> @Type@@Kind@.create(vertx, options);
    }

    static @Type@@Kind@Options read(Section section) {
        @Type@@Kind@Options defaults = @Type@@Kind@Options.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
