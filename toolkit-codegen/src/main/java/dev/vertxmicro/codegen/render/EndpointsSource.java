package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.RpcKind;
import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;

/** Writes {@code GreeterEndpoints}. */
final class EndpointsSource {
    private final JavaFile java;
    private final Source body;

    EndpointsSource(ServiceModel service) {
        java = new JavaFile(service, service.types().endpoints());
        body = java.body;
    }

    SourceFile file() {
        String name = java.service.types().endpoints().simpleName();
        java.head("Endpoints of {@code " + java.service.protoName() + "}, for its callers and its handler.");
        body.open("public final class " + name + " {");
        for (RpcModel rpc : java.service.rpcs()) {
            body.line();
            java.doc(rpc, "Signature of {@code " + rpc.endpoint() + "}.");
            String endpoint = java.message("Endpoint");
            body.line("public static final " + endpoint + java.messages(rpc) + " " + rpc.constant() + " =");
            body.line("        " + value(rpc, endpoint) + ";");
        }
        body.line().line("private " + name + "() {}").close("}");
        return java.file();
    }

    private String value(RpcModel rpc, String endpoint) {
        String what = "\"" + rpc.endpoint() + "\", " + java.type(rpc.request()) + ".class, " + java.type(rpc.response())
                + ".class";
        if (rpc.kind() == RpcKind.UNARY && !rpc.idempotent()) {
            return endpoint + ".unary(" + what + ")";
        }
        return "new " + endpoint + "<>(" + what + ", " + endpoint + ".Kind." + rpc.kind() + ", " + rpc.idempotent()
                + ")";
    }
}
