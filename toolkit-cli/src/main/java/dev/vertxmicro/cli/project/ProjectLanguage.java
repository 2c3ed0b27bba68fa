package dev.vertxmicro.cli.project;

import java.util.Set;

/** What a new project is written in. */
public enum ProjectLanguage {
    /** Handlers give futures. */
    JAVA("java", "java", Set.of()),
    /** Handlers suspend. */
    KOTLIN("kotlin", "kt", Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when"));

    private final String folder;
    private final String extension;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<String> keywords;

    ProjectLanguage(String folder, String extension, Set<String> keywords) {
        this.folder = folder;
        this.extension = extension;
        this.keywords = keywords;
    }

    /** Gives what its folders are called. */
    String folder() {
        return folder;
    }

    /** Gives how its files end. */
    String extension() {
        return extension;
    }

    /** Tells whether a word, though one of Java's identifiers, is none here. */
    boolean reserves(String word) {
        return keywords.contains(word);
    }
}
