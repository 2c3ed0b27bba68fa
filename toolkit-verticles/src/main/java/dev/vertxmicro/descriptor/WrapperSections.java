package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.WrapperScope;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads {@code wrappers}. */
public final class WrapperSections {
    private static final String CLIENT = "client";
    private static final String SERVER = "server";

    private WrapperSections() {}

    /**
     * Reads what makes all of them, the first outermost.
     *
     * @param sections one for each
     * @param who      who the service is
     * @return makes them, once for a deployment
     * @throws dev.vertxmicro.config.ConfigException if a value is wrong
     */
    public static Function<Vertx, Wrappers> from(List<Section> sections, ServiceIdentity who) {
        if (sections.isEmpty()) {
            return vertx -> Wrappers.NONE;
        }
        Providers<WrapperProvider> providers = Providers.load(WrapperProvider.class);
        List<Function<Vertx, Wrapper>> makers = new ArrayList<>();
        for (Section section : sections) {
            WrapperScope scope = scope(section);
            Function<Vertx, Wrapper> maker = providers
                    .choose(section, "", (provider, own) -> provider.configure(own, who))
                    .maker();
            section.end();
            makers.add(vertx -> scope.of(maker.apply(vertx)));
        }
        return vertx -> made(makers, vertx);
    }

    /** Makes all, or none. */
    private static Wrappers made(List<Function<Vertx, Wrapper>> makers, Vertx vertx) {
        return HalfMade.whole(made -> new Wrappers(makers.stream()
                .map(maker -> made.with(maker.apply(vertx), Wrapper::close))
                .toList()));
    }

    private static WrapperScope scope(Section section) {
        List<String> sides = section.strings("sides");
        for (String side : sides) {
            if (!side.equals(CLIENT) && !side.equals(SERVER)) {
                throw new ConfigException(
                        section.path() + ".sides", "\"" + side + "\" (expected: " + CLIENT + " | " + SERVER + ")");
            }
        }
        return section.build(() -> new WrapperScope(
                sides.isEmpty() || sides.contains(CLIENT),
                sides.isEmpty() || sides.contains(SERVER),
                section.strings("services"),
                section.strings("endpoints"),
                section.strings("topics")));
    }
}
