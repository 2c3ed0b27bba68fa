package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.ServiceModel;
import dev.vertxmicro.codegen.model.TopicsModel;

/** What can be written of a service, a file each. */
public enum SourceRenderer {
    /** Its endpoints as constants, in Java. */
    ENDPOINTS,
    /** The interface that a Java server implements. */
    HANDLER,
    /** What a Java caller uses. */
    CLIENT,
    /** The interface that a Kotlin server implements. */
    COROUTINE_HANDLER,
    /** What a Kotlin caller uses. */
    COROUTINE_CLIENT;

    /**
     * Writes the topics of a {@code .proto} as constants, in Java, for both languages.
     *
     * @param topics the topics
     * @return the file
     */
    public static SourceFile render(TopicsModel topics) {
        return new TopicsSource(topics).file();
    }

    /**
     * Writes the file of a service.
     *
     * @param service the service
     * @return the file
     */
    public SourceFile render(ServiceModel service) {
        return switch (this) {
            case ENDPOINTS -> new EndpointsSource(service).file();
            case HANDLER -> new HandlerSource(service).file();
            case CLIENT -> new ClientSource(service).file();
            case COROUTINE_HANDLER -> new CoroutineHandlerSource(service).file();
            case COROUTINE_CLIENT -> new CoroutineClientSource(service).file();
        };
    }
}
