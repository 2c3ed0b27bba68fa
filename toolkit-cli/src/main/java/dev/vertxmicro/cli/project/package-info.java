/**
 * New projects: what {@code vertx new} makes of a name. The counterpart of go-micro's {@code micro new}.
 *
 * <pre>{@code
 * NewProject project = NewProject.of("order-service").withLanguage(ProjectLanguage.KOTLIN);
 * List<ProjectFile> files = Template.of(Distribution.here("")).render(project);
 * ProjectFolder.write(directory, files);
 * }</pre>
 */
@NullMarked
package dev.vertxmicro.cli.project;

import org.jspecify.annotations.NullMarked;
