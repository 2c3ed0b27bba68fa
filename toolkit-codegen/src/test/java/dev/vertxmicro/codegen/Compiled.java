package dev.vertxmicro.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles generated Java as strictly as a user may: every lint, documentation included, and no warning allowed. */
final class Compiled {
    private Compiled() {}

    /** Compiles into a folder and gives what the compiler had to say, which should be nothing. */
    static String into(Path folder, Map<String, String> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((path, content) -> {
            if (path.endsWith(".java")) {
                files.add(new Text(path, content));
            }
        });
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "--release",
                "17",
                "-proc:none",
                "-Xlint:all,-classfile,-processing",
                "-Xdoclint:all,-missing",
                "-Werror");
        StringWriter said = new StringWriter();
        boolean compiled =
                compiler.getTask(said, null, null, options, null, files).call();
        return compiled ? said.toString() : "failed: " + said;
    }

    static URLClassLoader load(Path folder) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String content;

        Text(String path, String content) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
