package dev.vertxmicro.cli.project;

/** What builds a new project; its wrapper is part of the project. */
public enum Build {
    /** A pom. */
    MAVEN("maven", "./mvnw package"),
    /** A build script. */
    GRADLE("gradle", "./gradlew build");

    private final String folder;
    private final String command;

    Build(String folder, String command) {
        this.folder = folder;
        this.command = command;
    }

    /** Gives what its folder of the template is called. */
    String folder() {
        return folder;
    }

    /**
     * Gives what to type to build and test.
     *
     * @return the command, for the folder of the project
     */
    public String command() {
        return command;
    }

    /**
     * Gives where the jar is then.
     *
     * @param name of the project
     * @return its path in the folder of the project
     */
    public String jar(ProjectName name) {
        return (this == MAVEN ? "target/" : "build/libs/") + name.artifact() + ".jar";
    }
}
