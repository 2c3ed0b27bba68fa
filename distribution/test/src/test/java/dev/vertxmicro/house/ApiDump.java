package dev.vertxmicro.house;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import java.io.File;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiTools;

/**
 * What classes offer to others, a line each: Kotlin's own dump, which knows what Kotlin keeps to itself, and beside each line the type
 * arguments that it leaves out.
 */
final class ApiDump {
    private static final AbiTools TOOLS = AbiTools.Companion.getInstance(ApiDump.class.getClassLoader());
    private static final AbiFilters ALL = new AbiFilters(Set.of(), Set.of(), Set.of(), Set.of());

    private final Map<String, String> generics = new HashMap<>();
    private final Map<String, Set<String>> inherited = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private String type = "";

    private ApiDump(Collection<JavaClass> types) {
        types.forEach(this::collect);
    }

    /** Dumps classes that stand in files. */
    static String of(Collection<JavaClass> types) {
        ApiDump dump = new ApiDump(types);
        StringBuilder plain = new StringBuilder();
        TOOLS.printJvmDump(
                plain,
                types.stream()
                        .flatMap(type -> type.getSource().stream())
                        .map(source -> new File(source.getUri()))
                        .collect(toCollection(TreeSet::new)),
                ALL);
        plain.toString().lines().forEach(dump::line);
        return dump.text.toString();
    }

    private void line(String line) {
        String key = line;
        if (line.endsWith("{")) {
            type = line.replaceFirst("^.*\\bclass ([^ ]+).*", "$1");
            key = type;
        } else if (line.startsWith("\t")) {
            key = type + line.replaceFirst("^.* (?:fun|field) ([^ ]+) (.+)$", " $1$2");
        }
        if (line.equals("}")) {
            inherited
                    .getOrDefault(type, Set.of())
                    .forEach(each -> text.append('\t').append(each).append('\n'));
        }
        String more = generics.getOrDefault(key, "");
        text.append(line).append(comment(more)).append('\n');
    }

    private void collect(JavaClass of) {
        String name = of.getName().replace('.', '/');
        String supers = Stream.concat(of.getSuperclass().stream(), of.getInterfaces().stream())
                .filter(each -> !(each instanceof JavaClass))
                .map(ApiDump::text)
                .sorted()
                .collect(joining(", "));
        generics.put(name, (variables(of.getTypeParameters()) + (supers.isEmpty() ? "" : " : " + supers)).strip());
        inherited.put(name, fromHidden(of));
        of.getCodeUnits().forEach(each -> generics.put(name + " " + each.getName() + each.getDescriptor(), text(each)));
        of.getFields().forEach(each -> generics.put(name + " " + each.getName() + each.getDescriptor(), text(each)));
    }

    /** What others call on this type that stands in a type hidden from them: the copies of options. */
    private static Set<String> fromHidden(JavaClass of) {
        return Stream.concat(of.getAllRawSuperclasses().stream(), of.getAllRawInterfaces().stream())
                .filter(each -> each.getPackageName().equals(of.getPackageName()) && !isOffered(each.getModifiers()))
                .flatMap(each -> each.getMethods().stream())
                .filter(each ->
                        isOffered(each.getModifiers()) && !each.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(each -> "inherits fun " + each.getName() + " " + each.getDescriptor() + comment(text(each)))
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isOffered(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static String comment(String text) {
        return text.isEmpty() ? "" : " // " + text;
    }

    private static String text(JavaField field) {
        return field.getType() instanceof JavaClass ? "" : text(field.getType());
    }

    private static String text(JavaCodeUnit unit) {
        boolean plain = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .allMatch(JavaClass.class::isInstance);
        if (plain && unit.getTypeParameters().isEmpty()) {
            return "";
        }
        String parameters = unit.getParameterTypes().stream().map(ApiDump::text).collect(joining(", ", "(", ")"));
        String result = unit.getName().equals("<init>") ? "" : " " + text(unit.getReturnType());
        return (variables(unit.getTypeParameters()) + " " + parameters + result).strip();
    }

    private static String variables(List<? extends JavaTypeVariable<?>> variables) {
        return variables.isEmpty()
                ? ""
                : variables.stream().map(ApiDump::variable).collect(joining(", ", "<", ">"));
    }

    private static String variable(JavaTypeVariable<?> variable) {
        String bounds = variable.getUpperBounds().stream()
                .map(ApiDump::text)
                .filter(bound -> !bound.equals("Object"))
                .collect(joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    /** Without packages, which the line has. */
    private static String text(JavaType type) {
        return type.getName().replaceAll("\\b[a-z]\\w*\\.", "");
    }
}
