/**
 * The shape of the code base, as rules a test can hold.
 *
 * <pre>{@code
 * JavaClasses classes = new ClassFileImporter().importPackages("dev.vertxmicro");
 * Architecture architecture = Architecture.of("dev.vertxmicro");
 * architecture.layers().check(classes);
 * architecture.contractSuite("dev.vertxmicro.registry.Registry", "dev.vertxmicro.testkit.RegistryContract")
 *         .check(classes);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.testkit.architecture;

import org.jspecify.annotations.NullMarked;
