package dev.vertxmicro.cli.project;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that every project begins with. They are those of a project named {@code Greeter} in {@code com.example.greeter};
 * what differs from project to project otherwise is a word between two {@code @}. Versions are those of the build that made
 * the distribution, in {@code versions.properties}.
 */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("com([./])example\\1greeter|Greeter|@([a-z][a-z.-]*)@");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?[\\w.]*?(\\w+)(?:\\.\\*)?;?$");
    private static final Set<String> PROGRAMS = Set.of("mvnw", "gradlew");

    private final Distribution distribution;

    private Template(Distribution distribution) {
        this.distribution = distribution;
    }

    /**
     * Takes the template of a distribution.
     *
     * @param distribution that it belongs to
     * @return the template
     */
    public static Template of(Distribution distribution) {
        return new Template(distribution);
    }

    /**
     * Makes the files of a project.
     *
     * @param project what it is to be
     * @return its files; nothing is written yet
     * @throws IllegalArgumentException with one line, if its classes would hide others that they need
     * @throws IOException if the template cannot be read
     */
    public List<ProjectFile> render(NewProject project) throws IOException {
        Map<String, String> words = words(project);
        List<ProjectFile> files = new ArrayList<>();
        for (String layer : layers(project)) {
            Path folder = distribution.template().resolve(layer);
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                    String name = String.join("/", names(folder.relativize(path)));
                    files.add(render(name, Files.readAllBytes(path), project, words));
                }
            }
        }
        return files;
    }

    private static List<String> layers(NewProject project) {
        String build = project.build().folder();
        String language = project.language().folder();
        return List.of("common", language, build + "/common", build + "/" + language);
    }

    private static List<String> names(Path path) {
        List<String> names = new ArrayList<>();
        path.forEach(name -> names.add(name.toString()));
        return names;
    }

    private static ProjectFile render(String path, byte[] content, NewProject project, Map<String, String> words) {
        boolean executable = PROGRAMS.contains(path);
        String target = fill(path, project, words);
        if (executable || path.endsWith(".jar") || path.endsWith(".cmd") || path.endsWith(".bat")) {
            return new ProjectFile(target, content, executable);
        }
        String text = new String(content, StandardCharsets.UTF_8);
        if (path.endsWith(project.language().extension())) {
            refuseHiding(text, project.name().className());
        }
        return new ProjectFile(target, fill(text, project, words).getBytes(StandardCharsets.UTF_8), false);
    }

    /** A class of that name would stand for another one in its package. */
    private static void refuseHiding(String source, String className) {
        boolean taken =
                IMPORT.matcher(source).results().anyMatch(each -> each.group(1).equals(className));
        if (taken
                || isOfJavaLang(className)
                || Set.of("HelloRequest", "HelloResponse").contains(className)) {
            throw new IllegalArgumentException("NAME: its classes begin with " + className
                    + ", which is taken (expected: another name, such as my-" + className.toLowerCase(Locale.ROOT)
                    + ")");
        }
    }

    private static boolean isOfJavaLang(String className) {
        try {
            Class.forName("java.lang." + className, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String fill(String text, NewProject project, Map<String, String> words) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(word(place, project, words)));
    }

    private static String word(MatchResult place, NewProject project, Map<String, String> words) {
        if (place.group(1) != null) {
            return project.packageName().replace(".", place.group(1));
        }
        if (place.group(2) == null) {
            return project.name().className();
        }
        return words.getOrDefault(place.group(2), place.group());
    }

    private Map<String, String> words(NewProject project) throws IOException {
        Properties versions = new Properties();
        try (Reader reader = Files.newBufferedReader(distribution.template().resolve("versions.properties"))) {
            versions.load(reader);
        }
        Map<String, String> words = new HashMap<>();
        versions.stringPropertyNames().forEach(key -> words.put(key, versions.getProperty(key)));
        boolean kotlin = project.language() == ProjectLanguage.KOTLIN;
        String className = project.name().className();
        words.put("dot", ".");
        words.put("name", project.name().service());
        words.put("artifact", project.name().artifact());
        words.put("proto", project.name().proto());
        words.put("language", project.language().folder());
        words.put("extension", project.language().extension());
        words.put("handler", className + (kotlin ? "CoroutineHandler" : "Handler"));
        words.put("client", className + (kotlin ? "CoroutineService" : "Service"));
        words.put("repository", distribution.repository().toString());
        words.put("repository-uri", distribution.repository().toUri().toString());
        words.put("vertx", distribution.command().toString());
        return words;
    }
}
