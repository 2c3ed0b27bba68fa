package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.kubernetes.api.ApiRequest;
import dev.vertxmicro.registry.kubernetes.wire.PodKeys;
import dev.vertxmicro.registry.kubernetes.wire.ServiceSlice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Objects of one kind in one namespace, all that concern us or those of one service.
 *
 * @param what   for the log
 * @param path   of the kind
 * @param query  selects objects
 * @param list   form of a list
 * @param object form of one
 */
record ObjectKind(String what, String path, String query, String list, String object) {
    private static final String JSON = "application/json";
    private static final int PAGE = 500;

    /** Pods that run and have services; of each its metadata only. */
    static ObjectKind pods(String namespace) {
        return pods(namespace, PodKeys.TYPE);
    }

    /** Pods that run and have a service with these keys. */
    static ObjectKind podsOf(String namespace, String ending) {
        return pods(namespace, PodKeys.selector(ending));
    }

    private static ObjectKind pods(String namespace, String label) {
        return new ObjectKind(
                "pods",
                "/api/v1/namespaces/" + encoded(namespace) + "/pods",
                "fieldSelector=" + encoded("status.phase=Running") + "&labelSelector="
                        + encoded(label + "=" + PodKeys.SERVICE),
                JSON + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
                JSON + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
    }

    /** Slices of all Services. */
    static ObjectKind slices(String namespace) {
        return slicesBy(namespace, ServiceSlice.SERVICE_LABEL);
    }

    /** Slices of one Service. */
    static ObjectKind slicesOf(String namespace, String service) {
        return slicesBy(namespace, ServiceSlice.SERVICE_LABEL + "=" + service);
    }

    private static ObjectKind slicesBy(String namespace, String selector) {
        return new ObjectKind(
                "endpointslices",
                "/apis/discovery.k8s.io/v1/namespaces/" + encoded(namespace) + "/endpointslices",
                "labelSelector=" + encoded(selector),
                JSON,
                JSON);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Asks for a page of a list as it is now. */
    ApiRequest page(String next) {
        String from = next.isEmpty() ? "" : "&continue=" + encoded(next);
        return ApiRequest.get(path + "?" + query + "&limit=" + PAGE + from, list);
    }

    /** Asks for what happens from a version on. */
    ApiRequest changes(String version, Duration lasting) {
        return ApiRequest.get(
                path + "?" + query + "&watch=1&allowWatchBookmarks=true&resourceVersion=" + encoded(version)
                        + "&timeoutSeconds=" + Math.max(1, lasting.toSeconds()),
                object);
    }
}
