package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.ServiceModel;
import java.util.function.Function;

/** What can be written of a service, a file each. */
public enum SourceRenderer {
    /** Its endpoints as constants, in Java. */
    ENDPOINTS(service -> new EndpointsSource(service).file()),
    /** The interface that a Java server implements. */
    HANDLER(service -> new HandlerSource(service).file()),
    /** What a Java caller uses. */
    CLIENT(service -> new ClientSource(service).file()),
    /** The interface that a Kotlin server implements. */
    COROUTINE_HANDLER(service -> new CoroutineHandlerSource(service).file()),
    /** What a Kotlin caller uses. */
    COROUTINE_CLIENT(service -> new CoroutineClientSource(service).file());

    private final Function<ServiceModel, SourceFile> source;

    SourceRenderer(Function<ServiceModel, SourceFile> source) {
        this.source = source;
    }

    /** Writes the file of a service. @param service the service @return the file */
    public SourceFile render(ServiceModel service) {
        return source.apply(service);
    }
}
