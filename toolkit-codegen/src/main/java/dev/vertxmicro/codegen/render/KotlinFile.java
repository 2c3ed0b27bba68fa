package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.ClassName;
import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;
import java.util.List;

/** A Kotlin file in the making: its imports, its body, and what all of them say alike. */
final class KotlinFile {
    final ServiceModel service;
    final Source body = new Source();
    private final ClassName self;
    private final Imports imports;

    KotlinFile(ServiceModel service, ClassName self) {
        this.service = service;
        this.self = self;
        this.imports = new Imports(service, self, Syntax.KOTLIN);
    }

    /** Begins the type: its documentation, its annotations. */
    void head(String doc) {
        body.line();
        DocText.KDOC.write(body, service.comment(), doc, List.of());
        deprecated(service.deprecated());
        if (service.deprecations()) {
            body.line("@" + kotlin("Suppress") + "(\"DEPRECATION\")");
        }
        body.line("@" + imports.name("javax.annotation.processing", "Generated")
                + "(\"dev.vertxmicro.codegen.ProtocPlugin\")");
    }

    /** Documents what belongs to an rpc. */
    void doc(RpcModel rpc, String other) {
        DocText.KDOC.write(body, rpc.comment(), other, List.of());
        deprecated(rpc.deprecated());
    }

    /** Documents what every service has. */
    void doc(String text) {
        DocText.KDOC.write(body, "", text, List.of());
    }

    private void deprecated(boolean deprecated) {
        if (deprecated) {
            body.line("@" + kotlin("Deprecated") + "(\"Marked so in the .proto.\")");
        }
    }

    String type(ClassName name) {
        return imports.name(name);
    }

    String kotlin(String name) {
        return imports.name("kotlin", name);
    }

    String flow(ClassName of) {
        return imports.name("kotlinx.coroutines.flow", "Flow") + "<" + type(of) + ">";
    }

    String name(String packageName, String name) {
        return imports.name(packageName, name);
    }

    /** Imports a function of the runtime and gives its name. */
    String function(String name) {
        return imports.name("dev.vertxmicro.kotlin", name);
    }

    /** Writes the constant of an rpc. */
    String constant(RpcModel rpc) {
        return type(service.types().endpoints()) + "." + rpc.constant();
    }

    /** Writes the name of an rpc's method. */
    String method(RpcModel rpc) {
        return Syntax.KOTLIN.name(rpc.method());
    }

    SourceFile file() {
        return Syntax.KOTLIN.file(service.protoFile(), self, imports, body);
    }
}
