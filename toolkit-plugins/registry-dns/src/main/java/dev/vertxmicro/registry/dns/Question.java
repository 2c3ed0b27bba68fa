package dev.vertxmicro.registry.dns;

import dev.vertxmicro.config.HostPort;
import java.util.Optional;

/**
 * What is asked for a service.
 *
 * @param name a name of DNS
 * @param port of its addresses; 0 where its SRV records are asked for
 */
record Question(String name, int port) {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Makes the question. As go-micro does, a service that is called {@code host:port} is found by the addresses of that host.
     *
     * @return empty where the name of the service makes no name of DNS
     */
    static Optional<Question> of(String service, DnsRegistryOptions options) {
        return HostPort.parse(service)
                .map(at -> new Question(at.host(), at.port()))
                .or(() -> Optional.of(new Question(name(service, options), options.port())))
                .filter(Question::valid);
    }

    private static String name(String service, DnsRegistryOptions options) {
        String pattern = options.name();
        if (pattern.isEmpty()) {
            pattern = (options.port() > 0 ? "{service}" : "_{service}._tcp")
                    + (options.domain().isEmpty() ? "" : ".{domain}");
        }
        return pattern.replace("{service}", service).replace("{domain}", options.domain());
    }

    private boolean valid() {
        if (name.length() > LONGEST_NAME) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || !label.chars().allMatch(each -> each > ' ' && each < 0x7f)) {
                return false;
            }
        }
        return true;
    }
}
