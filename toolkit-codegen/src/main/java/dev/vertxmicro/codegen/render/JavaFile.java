package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.ClassName;
import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;
import java.util.ArrayList;
import java.util.List;

/** A Java file in the making: its imports, its body, and what all of them say alike. */
final class JavaFile {
    private static final String CLIENT = "dev.vertxmicro.client";
    private static final String MESSAGE = "dev.vertxmicro.message";
    private static final String SERVER = "dev.vertxmicro.server";
    static final String DEPRECATED_TAG = "@deprecated marked so in the {@code .proto}";

    final ServiceModel service;
    final Source body = new Source();
    private final ClassName self;
    private final Imports imports;

    JavaFile(ServiceModel service, ClassName self) {
        this.service = service;
        this.self = self;
        this.imports = new Imports(service, self, Syntax.JAVA);
    }

    /** Begins the type: its documentation, its annotations. */
    void head(String doc) {
        body.line();
        List<String> tags = service.deprecated() ? List.of(DEPRECATED_TAG) : List.of();
        DocText.JAVADOC.write(body, service.comment(), doc, tags);
        if (service.deprecated()) {
            body.line("@" + lang("Deprecated"));
        }
        if (service.deprecations()) {
            body.line("@" + lang("SuppressWarnings") + "(\"deprecation\")");
        }
        body.line("@" + imports.name("javax.annotation.processing", "Generated")
                + "(\"dev.vertxmicro.codegen.ProtocPlugin\")");
    }

    /** Documents what belongs to an rpc. */
    void doc(RpcModel rpc, String other, String... tags) {
        List<String> all = new ArrayList<>(List.of(tags));
        if (rpc.deprecated()) {
            all.add(DEPRECATED_TAG);
        }
        DocText.JAVADOC.write(body, rpc.comment(), other, all);
        if (rpc.deprecated()) {
            body.line("@" + lang("Deprecated"));
        }
    }

    /** Documents what every service has. */
    void doc(String text, String... tags) {
        DocText.JAVADOC.write(body, "", text, List.of(tags));
    }

    String type(ClassName name) {
        return imports.name(name);
    }

    String lang(String name) {
        return imports.name("java.lang", name);
    }

    String future(String of) {
        return imports.name("io.vertx.core", "Future") + "<" + of + ">";
    }

    String client(String name) {
        return imports.name(CLIENT, name);
    }

    String message(String name) {
        return imports.name(MESSAGE, name);
    }

    String server(String name) {
        return imports.name(SERVER, name);
    }

    /** Writes the type arguments of an rpc. */
    String messages(RpcModel rpc) {
        return "<" + type(rpc.request()) + ", " + type(rpc.response()) + ">";
    }

    /** Writes the constant of an rpc. */
    String constant(RpcModel rpc) {
        return type(service.types().endpoints()) + "." + rpc.constant();
    }

    SourceFile file() {
        return Syntax.JAVA.file(service.protoFile(), self, imports, body);
    }
}
