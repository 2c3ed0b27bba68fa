package dev.vertxmicro.codegen.model;

import java.util.List;
import java.util.Set;

/**
 * Names of the types generated for a service.
 *
 * @param endpoints        its endpoints as constants
 * @param handler          what a Java server implements
 * @param client           what a Java caller uses
 * @param coroutineHandler what a Kotlin server implements
 * @param coroutineClient  what a Kotlin caller uses
 */
public record ServiceTypes(
        ClassName endpoints,
        ClassName handler,
        ClassName client,
        ClassName coroutineHandler,
        ClassName coroutineClient) {
    private static final String SERVICE = "Service";
    private static final String EVASION = "Rpc";

    /**
     * Finds names that nothing else in the package has. As in go-micro, a service whose name ends in {@code Service} gets no
     * second one. Where a name is taken, all of them have {@code Rpc} before their ending: {@code GreeterRpcHandler}.
     *
     * @param packageName Java package
     * @param service     name of the service in camel case
     * @param taken       simple names of the package
     * @return the names
     */
    static ServiceTypes of(String packageName, String service, Set<String> taken) {
        ServiceTypes types = named(packageName, service);
        for (String stem = service; types.clash(taken); types = named(packageName, stem)) {
            stem += EVASION;
        }
        return types;
    }

    private static ServiceTypes named(String packageName, String stem) {
        String bare = stem.endsWith(SERVICE) ? stem.substring(0, stem.length() - SERVICE.length()) : stem;
        return new ServiceTypes(
                ClassName.of(packageName, stem + "Endpoints"),
                ClassName.of(packageName, stem + "Handler"),
                ClassName.of(packageName, bare + SERVICE),
                ClassName.of(packageName, stem + "CoroutineHandler"),
                ClassName.of(packageName, bare + "CoroutineService"));
    }

    private boolean clash(Set<String> taken) {
        return all().stream().map(ClassName::simpleName).anyMatch(taken::contains);
    }

    /**
     * Lists the names.
     *
     * @return all of them
     */
    List<ClassName> all() {
        return List.of(endpoints, handler, client, coroutineHandler, coroutineClient);
    }
}
