package dev.vertxmicro.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {
    @TempDir
    Path directory;

    private static ProjectFile file(String path, boolean executable) {
        return new ProjectFile(path, path.getBytes(StandardCharsets.UTF_8), executable);
    }

    @Test
    void writesIntoAFolderThatIsNotThereOrEmpty() throws IOException {
        Path deep = directory.resolve("a/b/c");
        for (Path folder : List.of(deep, Files.createDirectory(directory.resolve("empty")))) {
            ProjectFolder.requireFree(folder);
            ProjectFolder.write(folder, List.of(file("x/y.txt", false), file("run", true)));
            assertThat(folder.resolve("x/y.txt")).hasContent("x/y.txt");
            assertThat(folder.resolve("run")).isExecutable();
        }
    }

    @Test
    void refusesAFolderWithSomethingInIt() throws IOException {
        Files.createFile(directory.resolve(".hidden"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectFolder.requireFree(directory))
                .withMessage(directory + ": has files, such as .hidden (expected: no such folder, or an empty one)");
        Path file = directory.resolve(".hidden");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProjectFolder.requireFree(file))
                .withMessage(file + ": is a file (expected: no such folder, or an empty one)");
    }

    @Test
    void leavesNothingWhereAFileCannotBeWritten() {
        Path folder = directory.resolve("a/b");
        assertThatThrownBy(() -> ProjectFolder.write(
                        folder, List.of(file("src/x", false), file("y", false), file("y/z", false))))
                .isInstanceOf(IOException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void touchesNothingThatAppearedMeanwhile() throws IOException {
        Path theirs = Files.writeString(directory.resolve("y"), "theirs");
        assertThatThrownBy(() -> ProjectFolder.write(directory, List.of(file("x", false), file("y", false))))
                .isInstanceOf(IOException.class);
        assertThat(theirs).hasContent("theirs");
        assertThat(directory.resolve("x")).doesNotExist();
    }
}
