/**
 * Writes the source of handlers, clients and endpoint constants.
 *
 * <p>go-micro counterpart: the generator of {@code protoc-gen-micro}.
 *
 * <pre>{@code
 * SourceFile file = SourceRenderer.HANDLER.render(described);
 * Files.writeString(directory.resolve(file.path()), file.content());
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.codegen.render;

import org.jspecify.annotations.NullMarked;
