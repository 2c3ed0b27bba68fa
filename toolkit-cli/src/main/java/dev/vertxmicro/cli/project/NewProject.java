package dev.vertxmicro.cli.project;

import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * What a new project is to be.
 *
 * @param name        of the service
 * @param packageName of its classes; a name in Java and in the language
 * @param language    that it is written in
 * @param build       that builds it
 */
public record NewProject(ProjectName name, String packageName, ProjectLanguage language, Build build) {
    private static final Pattern PACKAGE = Pattern.compile("[a-z_][a-z0-9_]*(?:\\.[a-z_][a-z0-9_]*)*");

    /** Checks the package. */
    public NewProject {
        String wrong = wrong(packageName, language);
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("--package: \"" + packageName + "\"" + wrong);
        }
    }

    /**
     * Makes one in Java, built by Maven, in a package called after the service.
     *
     * @param name of the service, as typed
     * @return the project
     * @throws IllegalArgumentException with one line, for a name that no service should have
     */
    public static NewProject of(String name) {
        ProjectName parsed = ProjectName.parse(name);
        String last = parsed.artifact().replaceAll("[-_]", "");
        String word = SourceVersion.isKeyword(last) || ProjectLanguage.KOTLIN.reserves(last) ? last + "service" : last;
        return new NewProject(parsed, "com.example." + word, ProjectLanguage.JAVA, Build.MAVEN);
    }

    /**
     * Gives a copy in another package.
     *
     * @param other its name, lower case
     * @return the copy
     * @throws IllegalArgumentException with one line, if no package can be called so
     */
    public NewProject withPackage(String other) {
        return new NewProject(name, other, language, build);
    }

    /**
     * Gives a copy in another language.
     *
     * @param other the language
     * @return the copy
     * @throws IllegalArgumentException with one line, if a word of the package is a keyword there
     */
    public NewProject withLanguage(ProjectLanguage other) {
        return new NewProject(name, packageName, other, build);
    }

    /**
     * Gives a copy that another tool builds.
     *
     * @param other the tool
     * @return the copy
     */
    public NewProject withBuild(Build other) {
        return new NewProject(name, packageName, language, other);
    }

    /**
     * Gives the class to run.
     *
     * @return its full name
     */
    public String verticle() {
        return packageName + "." + name.className() + "Verticle";
    }

    private static String wrong(String text, ProjectLanguage language) {
        if (!PACKAGE.matcher(text).matches()) {
            return " (expected: words of lower-case letters, digits and _, with dots between them, such as com.example.orders)";
        }
        for (String word : text.split("\\.", -1)) {
            if (SourceVersion.isKeyword(word) || language.reserves(word)) {
                return ": " + word + " is a keyword (expected: another word, such as " + word + "_)";
            }
        }
        return text.equals("java") || text.startsWith("java.") ? " (expected: not Java's own)" : "";
    }
}
