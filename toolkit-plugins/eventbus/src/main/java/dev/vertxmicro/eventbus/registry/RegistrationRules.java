package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.Glob;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.RareWarning;
import java.util.List;

/**
 * What a RegistryVerticle registers for others, and takes back for them.
 *
 * @param allow  patterns of names of services, {@code *} for any characters; empty for all
 * @param secret by which registrations must be signed; none for unsigned ones
 */
public record RegistrationRules(List<String> allow, Secret secret) {
    /** Anything of anybody. */
    public static final RegistrationRules OPEN = new RegistrationRules(List.of(), Secret.NONE);

    private static final RareWarning REFUSED = RareWarning.of(System.getLogger(RegistrationRules.class.getName()));

    /** Copies the names. */
    public RegistrationRules {
        allow = List.copyOf(allow);
    }

    /**
     * Checks a registration, or what is to be taken back.
     *
     * @param request what is asked for
     * @throws MicroException with code 403 if it is not allowed; logged, now and then
     */
    public void check(RegistrationRequest request) {
        ServiceInfo single = request.single();
        if (!allow.isEmpty() && allow.stream().noneMatch(pattern -> Glob.matches(pattern, single.name()))) {
            throw refused(single, "not to be registered here (expected: " + String.join(" | ", allow) + ")");
        }
        if (!secret.isEmpty() && !RegistrationSignature.isValid(request, secret)) {
            boolean signed = single.nodes().get(0).metadata().containsKey(RegistrationSignature.ENTRY);
            throw refused(
                    single,
                    (signed ? "signed by another secret, or changed since" : "not signed") + " (expected: "
                            + RegistrationSignature.ENTRY + " in the metadata of the node)");
        }
    }

    /**
     * Takes the signature off what is registered: who reads the registry has no use for it but a bad one.
     *
     * @param service a service as it was asked for
     * @return the service without it
     */
    public static ServiceInfo unsigned(ServiceInfo service) {
        return RegistrationSignature.unsigned(service);
    }

    private static MicroException refused(ServiceInfo single, String why) {
        String text =
                "service " + single.name() + ", node " + single.nodes().get(0).id() + ": " + why;
        REFUSED.warn("registry: refused: " + text);
        return MicroException.forbidden(BusProtocol.REGISTRY, text).withoutStackTrace();
    }
}
