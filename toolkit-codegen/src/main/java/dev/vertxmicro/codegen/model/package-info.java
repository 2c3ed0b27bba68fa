/**
 * What is in the {@code .proto}, in the words of the generated code: services, their rpcs, and the Java names of it all.
 *
 * <p>go-micro counterpart: the descriptors that {@code protoc-gen-micro} walks.
 *
 * <pre>{@code
 * for (ServiceModel service : ServiceReader.read(asked).services()) {
 *     System.out.println(service.protoName() + " has " + service.rpcs().size() + " rpcs");
 * }
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.codegen.model;

import org.jspecify.annotations.NullMarked;
