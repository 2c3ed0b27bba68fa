package dev.vertxmicro.reference;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the Javadoc of an options record says of its components, read from the sources. */
final class Sentences {
    private final Path top;
    private final Map<Class<?>, Map<String, String>> known = new HashMap<>();

    Sentences(Path top) {
        this.top = top;
    }

    /**
     * Gives the {@code @param} of a component in Markdown, without what its table says elsewhere: default and "> 0".
     *
     * @throws IllegalStateException if there is none
     */
    String of(RecordComponent component) {
        Class<?> type = component.getDeclaringRecord();
        String sentence = known.computeIfAbsent(type, this::read).get(component.getName());
        if (sentence == null) {
            throw new IllegalStateException(type.getName() + ": no @param " + component.getName());
        }
        return Stream.of(sentence.split("; ", -1))
                .filter(part -> !part.startsWith("default ") && !part.matches("(>=? |at least |not empty).*"))
                .collect(Collectors.joining("; "));
    }

    private Map<String, String> read(Class<?> type) {
        try (StandardJavaFileManager files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                    .getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source(type)));
            Map<String, String> sentences = new HashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                new TreePathScanner<Void, Map<String, String>>() {
                    @Override
                    public Void visitClass(ClassTree tree, Map<String, String> found) {
                        if (tree.getSimpleName().contentEquals(type.getSimpleName())) {
                            collect(DocTrees.instance(task), getCurrentPath(), found);
                        }
                        return super.visitClass(tree, found);
                    }
                }.scan(unit, sentences);
            }
            return sentences;
        } catch (IOException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private Path source(Class<?> type) throws IOException {
        String file = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        try (Stream<Path> folders = Files.walk(top, 2)) {
            return folders.map(folder -> folder.resolve("src/main/java").resolve(file))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(file + ": in no module"));
        }
    }

    private static void collect(DocTrees trees, TreePath path, Map<String, String> sentences) {
        Optional.ofNullable(trees.getDocCommentTree(path)).stream()
                .flatMap(comment -> comment.getBlockTags().stream())
                .filter(ParamTree.class::isInstance)
                .map(ParamTree.class::cast)
                .forEach(tag -> sentences.put(
                        tag.getName().getName().toString(),
                        tag.getDescription().stream()
                                .map(Sentences::markdown)
                                .collect(Collectors.joining())
                                .replaceAll("\\s+", " ")
                                .strip()));
    }

    private static String markdown(DocTree part) {
        if (part instanceof TextTree text) {
            return text.getBody();
        }
        if (part instanceof LiteralTree code) {
            return "`" + code.getBody().getBody() + "`";
        }
        if (part instanceof LinkTree link) {
            return "`" + link.getReference().getSignature().replaceAll(".*#", "") + "`";
        }
        return part instanceof EntityTree entity && entity.getName().contentEquals("gt") ? ">" : part.toString();
    }
}
