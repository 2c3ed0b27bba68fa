package dev.vertxmicro.wrapper.auth;

import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.wrapper.auth.proof.Checks;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Settings of {@code "type": "authorization"}.
 *
 * @param denyByDefault true to refuse what no rule allows; false to allow endpoints and topics that no rule speaks of
 * @param open          endpoints for everybody, such as `Debug.*`
 * @param openTopics    topics for everybody
 * @param rules         the rules; the first that fits what is called and who calls decides
 */
@Value.Builder
@OptionsStyle
public record AuthorizationOptions(
        boolean denyByDefault, List<String> open, List<String> openTopics, List<AuthorizationRule> rules)
        implements WithAuthorizationOptions {
    /** Nobody may do anything. */
    public static final AuthorizationOptions DEFAULTS = new AuthorizationOptions(true, List.of(), List.of(), List.of());

    /** Checks the values. */
    public AuthorizationOptions {
        open = List.copyOf(open);
        openTopics = List.copyOf(openTopics);
        rules = List.copyOf(rules);
        Checks.filled("open", open);
        Checks.filled("openTopics", openTopics);
    }

    static AuthorizationOptions read(Section section) {
        return section.build(() -> new AuthorizationOptions(
                section.bool("denyByDefault", DEFAULTS.denyByDefault()),
                section.list("open", DEFAULTS.open()),
                section.list("openTopics", DEFAULTS.openTopics()),
                section.sections("rules").stream().map(AuthorizationRule::read).toList()));
    }

    /** Decides who may do what: the first rule that fits what is called and who calls. */
    boolean allow(boolean topic, String name, Optional<Principal> caller) {
        if (Glob.anyMatches(topic ? openTopics : open, name)) {
            return true;
        }
        boolean spoken = false;
        for (AuthorizationRule rule : rules) {
            if (rule.speaksOf(topic, name)) {
                if (rule.concerns(caller)) {
                    return !rule.deny();
                }
                spoken = true;
            }
        }
        return !denyByDefault && !spoken;
    }
}
