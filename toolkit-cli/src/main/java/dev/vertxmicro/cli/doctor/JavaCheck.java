package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.engine.Threading;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Java that runs this: new enough for the descriptor, a JDK, and in a locale that can say everything.
 *
 * @param version   its feature version
 * @param home      where it is
 * @param names     how it encodes arguments and names of files
 * @param threading where handlers run
 */
public record JavaCheck(int version, Path home, Charset names, Threading threading) implements Check {
    private static final int VIRTUAL_THREADS = 21;

    /**
     * Looks at the Java of this process.
     *
     * @param threading where handlers run
     * @return the check
     */
    public static JavaCheck ofThisProcess(Threading threading) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return new JavaCheck(Runtime.version().feature(), Path.of(System.getProperty("java.home")), names, threading);
    }

    @Override
    public String subject() {
        return "java";
    }

    @Override
    public Finding look() {
        String what = version + ", " + home;
        if (threading == Threading.VIRTUAL && version < VIRTUAL_THREADS) {
            return Finding.wrong(
                    "java",
                    what + ": has no virtual threads",
                    "set JAVA_HOME to a JDK 21 or newer, or server.threading to worker");
        }
        if (!names.equals(StandardCharsets.UTF_8)) {
            return Finding.wrong(
                    "java",
                    what + ": arguments and file names in " + names,
                    "set LC_ALL=C.UTF-8, or another UTF-8 locale");
        }
        if (!Files.exists(home.resolve("bin").resolve("javac"))
                && !Files.exists(home.resolve("bin").resolve("javac.exe"))) {
            return new Finding(
                    "java", true, what + ", no javac", "to build projects, set JAVA_HOME to a JDK 17 or newer");
        }
        return Finding.well("java", what);
    }
}
