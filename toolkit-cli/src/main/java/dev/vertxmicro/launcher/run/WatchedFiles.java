package dev.vertxmicro.launcher.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files that match patterns as Ant has them ({@code **}{@code /*.java}, {@code src/**}), relative to a directory or absolute.
 * Finds what changed since the last look by time and length. Used from one thread.
 */
final class WatchedFiles {
    private final Path directory;
    private final List<Pattern> patterns;
    private final List<Path> roots;
    private Map<Path, Stamp> known;

    private record Stamp(long time, long length) {}

    WatchedFiles(Path directory, List<String> patterns) {
        this.directory = directory.toAbsolutePath().normalize();
        this.patterns = patterns.stream().map(WatchedFiles::compiled).toList();
        this.roots = patterns.stream().map(this::root).distinct().toList();
        this.known = look();
    }

    /** Tells whether a file came, went or changed since the last time. */
    boolean changed() {
        Map<Path, Stamp> now = look();
        boolean changed = !now.equals(known);
        known = now;
        return changed;
    }

    /** Gives where it looks, for people. */
    @Override
    public String toString() {
        return new TreeSet<>(roots).toString();
    }

    /** Gives the directory above the first wildcard, or the file itself. */
    private Path root(String pattern) {
        int star = pattern.indexOf('*');
        int mark = pattern.indexOf('?');
        int wild = star < 0 ? mark : mark < 0 ? star : Math.min(star, mark);
        String fixed = wild < 0 ? pattern : pattern.substring(0, pattern.lastIndexOf('/', wild) + 1);
        return directory.resolve(fixed).normalize();
    }

    private static Pattern compiled(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private boolean matches(Path file) {
        String relative =
                file.startsWith(directory) ? directory.relativize(file).toString() : file.toString();
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(relative).matches()
                        || pattern.matcher(file.toString()).matches());
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> found = new HashMap<>();
        for (Path root : roots) {
            if (Files.exists(root)) {
                try {
                    Files.walkFileTree(root, new Look(found));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }

    private final class Look extends SimpleFileVisitor<Path> {
        private final Map<Path, Stamp> found;

        Look(Map<Path, Stamp> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (matches(file)) {
                found.put(file, new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A file that went while we looked. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
