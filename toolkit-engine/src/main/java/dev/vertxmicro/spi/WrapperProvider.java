package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Makes wrappers of one type. */
public interface WrapperProvider extends Provider {

    /**
     * Reads the settings of this type. Called for each wrapper that a descriptor names, even where that is of another type.
     *
     * @param section {@code $.wrappers[n].<type>}
     * @param who     who the service is
     * @return makes the wrapper, once for a deployment
     */
    Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who);
}
