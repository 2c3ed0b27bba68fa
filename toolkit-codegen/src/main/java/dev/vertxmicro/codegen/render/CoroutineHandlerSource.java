package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;

/** Writes {@code GreeterCoroutineHandler}. */
final class CoroutineHandlerSource {
    private final KotlinFile kotlin;
    private final Source body;

    CoroutineHandlerSource(ServiceModel service) {
        kotlin = new KotlinFile(service, service.types().coroutineHandler());
        body = kotlin.body;
    }

    SourceFile file() {
        String name = kotlin.service.types().coroutineHandler().simpleName();
        kotlin.head("Serves `" + kotlin.service.protoName()
                + "`. The `CallContext` of a call is an element of its coroutine's"
                + " context:\n`currentCallContext()` gives it.");
        body.open("interface " + name + " {");
        kotlin.service.rpcs().forEach(rpc -> {
            kotlin.doc(rpc, "Serves `" + rpc.endpoint() + "`.");
            body.line(signature(rpc)).line();
        });
        body.line("/** Adds its endpoints to servers. */").open("companion object {");
        register(name);
        body.close("}").close("}");
        return kotlin.file();
    }

    private String signature(RpcModel rpc) {
        String name = "fun " + kotlin.method(rpc);
        String one = "(request: " + kotlin.type(rpc.request()) + "): ";
        String many = "(requests: " + kotlin.flow(rpc.request()) + "): ";
        return switch (rpc.kind()) {
            case UNARY -> "suspend " + name + one + kotlin.type(rpc.response());
            case SERVER_STREAM -> name + one + kotlin.flow(rpc.response());
            case CLIENT_STREAM -> "suspend " + name + many + kotlin.type(rpc.response());
            case BIDIRECTIONAL -> name + many + kotlin.flow(rpc.response());
        };
    }

    private void register(String name) {
        String server = kotlin.name("dev.vertxmicro.server", "Server");
        String context = kotlin.name("kotlin.coroutines", "CoroutineContext");
        String none = kotlin.name("kotlin.coroutines", "EmptyCoroutineContext");
        kotlin.doc(
                "Adds all endpoints of [handler] to [server], before its start. [context] is added to that of every"
                        + " coroutine;\na dispatcher in it takes the place of the Vert.x context, a job in it becomes the parent.");
        body.open("fun register(");
        body.line("server: " + server + ",").line("handler: " + name + ",");
        body.line("context: " + context + " = " + none + ",").reopen("): " + server + " {");
        kotlin.service.rpcs().forEach(rpc -> body.line("server." + addition(rpc)));
        body.line("return server").close("}");
    }

    private String addition(RpcModel rpc) {
        String function = kotlin.function(
                switch (rpc.kind()) {
                    case UNARY -> "handleSuspending";
                    case SERVER_STREAM -> "handleServerFlow";
                    case CLIENT_STREAM -> "handleClientFlow";
                    case BIDIRECTIONAL -> "handleBidirectionalFlow";
                });
        return function + "(" + kotlin.constant(rpc) + ", context, handler::" + kotlin.method(rpc) + ")";
    }
}
