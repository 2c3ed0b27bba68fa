/** The protoc plugin: from a service in a .proto to its Java and Kotlin handlers and clients. */
@NullMarked
package dev.vertxmicro.codegen;

import org.jspecify.annotations.NullMarked;
