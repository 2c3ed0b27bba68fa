package dev.vertxmicro.cli.project;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.MicroLauncher;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Makes the project of a new service. */
public final class NewCommand implements Command {
    /** For the table of commands. */
    public NewCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("new", "Makes the project of a new service.")
                .describedAs(
                        "Writes a project with a .proto, handler, verticle, descriptor, tests, build and README, and"
                                + " says how to build, run and call it.")
                .argument("name", "What callers call the service, such as order-service.")
                .toggle("kotlin", "In Kotlin (default Java).")
                .toggle("gradle", "Built by Gradle (default Maven).")
                .flag("dir", "folder", "Where to write it: not there yet, or empty (default ./NAME).")
                .flag("package", "package", "Of its classes (default com.example.NAME).")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        NewProject project = project(line);
        Path folder = folder(line, project);
        Distribution distribution = distribution();
        try {
            ProjectFolder.requireFree(folder);
            List<ProjectFile> files = Template.of(distribution).render(project);
            ProjectFolder.write(folder, files);
            told(project, folder, files.size(), distribution);
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw LaunchException.failed(
                    folder + ": cannot be written: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static NewProject project(CommandLine line) {
        try {
            NewProject named = NewProject.of(line.argument("name"));
            return named.withBuild(line.has("gradle") ? Build.GRADLE : Build.MAVEN)
                    .withPackage(line.value("package", named.packageName()))
                    .withLanguage(line.has("kotlin") ? ProjectLanguage.KOTLIN : ProjectLanguage.JAVA);
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static Path folder(CommandLine line, NewProject project) {
        String text = line.value("dir", project.name().service());
        try {
            if (text.isBlank()) {
                throw new InvalidPathException(text, "empty");
            }
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw LaunchException.usage("--dir: " + e.getMessage() + " (expected: the path of a folder)");
        }
    }

    private static Distribution distribution() {
        try {
            return Distribution.here(MicroLauncher.home().map(Path::toString).orElse(""));
        } catch (IllegalStateException e) {
            throw LaunchException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static void told(NewProject project, Path folder, int files, Distribution distribution) {
        String vertx = quoted(distribution.command().toString());
        Output.line(folder + ": " + files + " files; now type");
        Output.line("");
        Output.line("  cd " + quoted(folder.toString()));
        Output.line("  " + project.build().command());
        Output.line("  " + vertx + " run " + project.verticle() + " -conf conf/"
                + project.name().artifact() + ".json -cp "
                + project.build().jar(project.name()));
        Output.line("");
        Output.line("and in another terminal");
        Output.line("");
        Output.line("  " + vertx + " call " + project.name().service() + " "
                + project.name().className() + ".Hello '{\"name\": \"davie\"}'");
    }

    /** Quotes a word for the shell where it needs that. */
    private static String quoted(String word) {
        return word.matches("[\\w./+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
