package dev.vertxmicro.junit5;

import dev.vertxmicro.client.Client;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs the services of one test from before its {@code @BeforeEach} to after its {@code @AfterEach}. */
final class MicroExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(MicroExtension.class);

    /** For JUnit. */
    MicroExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        MicroTest wanted = wanted(context);
        JsonObject descriptor = descriptor(wanted.descriptor());
        TestServices services = new TestServices();
        context.getStore(NAMESPACE).put(TestServices.class, services);
        for (Class<? extends Deployable> verticle : wanted.value()) {
            services.deploy(verticle, descriptor);
        }
    }

    private static MicroTest wanted(ExtensionContext context) {
        return context.getTestClass()
                .flatMap(type ->
                        AnnotationSupport.findAnnotation(type, MicroTest.class, context.getEnclosingTestClasses()))
                .orElseThrow(() -> new ExtensionConfigurationException("no @MicroTest (expected: one on the class)"));
    }

    private static JsonObject descriptor(String textOrFile) {
        if (textOrFile.isBlank()) {
            return new JsonObject();
        }
        String text = textOrFile.stripLeading().startsWith("{") ? textOrFile : read(textOrFile);
        try {
            return new JsonObject(text);
        } catch (DecodeException malformed) {
            throw new ExtensionConfigurationException(
                    "@MicroTest descriptor: " + textOrFile + ": " + malformed.getMessage(), malformed);
        }
    }

    private static String read(String file) {
        Path path = Path.of(file);
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new ExtensionConfigurationException(
                    "@MicroTest descriptor: " + path.toAbsolutePath().normalize()
                            + " (expected: JSON, or a file that can be read)",
                    unreadable);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestServices services = context.getStore(NAMESPACE).remove(TestServices.class, TestServices.class);
        if (services != null) {
            services.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getTestMethod().isPresent()
                && (type == TestServices.class || type == Client.class || type == Vertx.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestServices services = context.getStore(NAMESPACE).get(TestServices.class, TestServices.class);
        if (services == null) {
            throw new ExtensionConfigurationException("services do not run yet (expected: a parameter of a test)");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == Client.class) {
            return services.client();
        }
        return type == Vertx.class ? services.vertx() : services;
    }
}
