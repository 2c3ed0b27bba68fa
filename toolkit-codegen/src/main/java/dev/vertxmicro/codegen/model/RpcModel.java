package dev.vertxmicro.codegen.model;

/**
 * One rpc.
 *
 * @param endpoint   go-micro's endpoint name, {@code Greeter.Hello}
 * @param method     name of its method in Java, {@code hello}
 * @param constant   name of its constant, {@code HELLO}
 * @param request    class of the request
 * @param response   class of the response
 * @param kind       which sides stream
 * @param idempotent true if the {@code .proto} says that it may be repeated
 * @param deprecated true if the {@code .proto} says so
 * @param comment    its comment, without the comment signs, perhaps empty
 */
public record RpcModel(
        String endpoint,
        String method,
        String constant,
        ClassName request,
        ClassName response,
        RpcKind kind,
        boolean idempotent,
        boolean deprecated,
        String comment) {}
