package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * One rule: what it speaks of, and of whom. In patterns `*` stands for anything. Without endpoints and topics it speaks of everything,
 * without names, schemes, scopes and roles of everybody who has proved who he is.
 *
 * @param endpoints which endpoints
 * @param topics    which topics
 * @param names     who, by name
 * @param schemes   how that was proved: `jwt`, `api-key`, `mtls`
 * @param scopes    what he may do, all of these
 * @param roles     what he is, one of these
 * @param deny      true to refuse those
 */
@Value.Builder
@OptionsStyle
public record AuthorizationRule(
        List<String> endpoints,
        List<String> topics,
        List<String> names,
        List<String> schemes,
        List<String> scopes,
        List<String> roles,
        boolean deny)
        implements WithAuthorizationRule {
    /** Allows everything to everybody who has proved who he is. */
    public static final AuthorizationRule DEFAULTS =
            new AuthorizationRule(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false);

    /** Checks the values. */
    public AuthorizationRule {
        endpoints = List.copyOf(endpoints);
        topics = List.copyOf(topics);
        names = List.copyOf(names);
        schemes = List.copyOf(schemes);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        Checks.filled("endpoints", endpoints);
        Checks.filled("topics", topics);
        Checks.filled("names", names);
        Checks.filled("schemes", schemes);
        Checks.filled("scopes", scopes);
        Checks.filled("roles", roles);
    }

    static AuthorizationRule read(Section section) {
        AuthorizationRule read = section.build(() -> new AuthorizationRule(
                section.strings("endpoints"),
                section.strings("topics"),
                section.strings("names"),
                section.strings("schemes"),
                section.strings("scopes"),
                section.strings("roles"),
                section.bool("deny", false)));
        section.end();
        return read;
    }

    /** Tells whether it speaks of an endpoint or topic. */
    boolean speaksOf(boolean topic, String name) {
        if (endpoints.isEmpty() && topics.isEmpty()) {
            return true;
        }
        return Glob.anyMatches(topic ? topics : endpoints, name);
    }

    /** Tells whether it speaks of somebody. */
    boolean concerns(Optional<Principal> caller) {
        if (caller.isEmpty()) {
            return false;
        }
        Principal who = caller.get();
        return (names.isEmpty() || Glob.anyMatches(names, who.name()))
                && (schemes.isEmpty() || schemes.contains(who.scheme()))
                && who.scopes().containsAll(scopes)
                && (roles.isEmpty() || !Collections.disjoint(who.roles(), roles));
    }
}
