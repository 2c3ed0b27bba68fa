package dev.vertxmicro.registry.kubernetes.registration;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where the services of this process are told.
 *
 * @param namespace of the pod
 * @param pod       its name; empty if this process is in none
 * @param renewals  whether the pod tells until when a service holds
 * @param patience  how long closing may take
 */
public record OwnPodSettings(String namespace, String pod, boolean renewals, Duration patience) {

    /** Gives the path of the pod. */
    String uri() {
        return "/api/v1/namespaces/" + encoded(namespace) + "/pods/" + encoded(pod);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
