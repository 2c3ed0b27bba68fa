package dev.vertxmicro.bridge;

import dev.vertxmicro.bridge.access.Grant;
import dev.vertxmicro.bridge.access.TokenOptions;
import dev.vertxmicro.bridge.session.BridgeLimits;
import dev.vertxmicro.bridge.session.TcpOptions;
import dev.vertxmicro.bridge.session.WebOptions;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.immutables.value.Value;

/**
 * The configuration of a {@link BridgeVerticle}: {@code conf/schema/bridge.schema.json} lists the keys.
 *
 * @param tcp    where clients come in by TCP
 * @param web    where clients come in by SockJS and WebSockets
 * @param jwt    which tokens clients have to show
 * @param limits what clients may use up
 * @param allow  what clients may do
 */
@Value.Builder
@OptionsStyle
public record BusBridgeOptions(TcpOptions tcp, WebOptions web, TokenOptions jwt, BridgeLimits limits, List<Grant> allow)
        implements WithBusBridgeOptions {
    /** Nobody comes in, and nothing may pass. */
    public static final BusBridgeOptions CLOSED =
            new BusBridgeOptions(TcpOptions.OFF, WebOptions.OFF, TokenOptions.OFF, BridgeLimits.DEFAULTS, List.of());

    /** Checks that whoever must show an authority can. */
    public BusBridgeOptions {
        allow = List.copyOf(allow);
        for (int i = 0; i < allow.size(); i++) {
            String authority = allow.get(i).authority();
            if (!authority.isEmpty() && !jwt.on()) {
                throw new IllegalArgumentException(
                        "allow[" + i + "].authority: \"" + authority + "\" (expected: none without jwt)");
            }
        }
    }

    /**
     * Reads a configuration.
     *
     * @param json the configuration
     * @return what it says
     * @throws ConfigException for an unknown key, a bad value, or one that opens no door; with its JSON path
     */
    public static BusBridgeOptions parse(JsonObject json) {
        Section root = Section.root(json);
        BusBridgeOptions read = from(root);
        root.end();
        if (read.tcp().address().isEmpty() && read.web().address().isEmpty()) {
            throw new ConfigException("$", "nowhere to listen (expected: tcp.address, web.address, or both)");
        }
        return read;
    }

    /**
     * Reads a configuration key by key, unknown keys being the caller's matter.
     *
     * @param root the whole of it
     * @return what it says
     * @throws ConfigException for a bad value, with its JSON path
     */
    public static BusBridgeOptions from(Section root) {
        TcpOptions tcp = TcpOptions.from(root.section("tcp"));
        WebOptions web = WebOptions.from(root.section("web"));
        TokenOptions jwt = TokenOptions.read(root);
        BridgeLimits limits = BridgeLimits.from(root.section("limits"));
        List<Grant> allow = Grant.from(root.sections("allow"));
        return root.build(() -> new BusBridgeOptions(tcp, web, jwt, limits, allow));
    }
}
