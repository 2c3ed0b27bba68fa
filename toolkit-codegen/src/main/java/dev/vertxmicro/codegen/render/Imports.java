package dev.vertxmicro.codegen.render;

import dev.vertxmicro.codegen.model.ClassName;
import dev.vertxmicro.codegen.model.RpcModel;
import dev.vertxmicro.codegen.model.ServiceModel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides how each class is written in one file: by its simple name where that can mean nothing else, qualified otherwise.
 * The messages choose first, so that signatures read well; what the generated code needs for itself comes after them.
 */
final class Imports {
    private final String packageName;
    private final Set<String> neighbours;
    private final Syntax syntax;

    private final Map<String, ClassName> bySimpleName = new HashMap<>();
    private final TreeMap<String, ClassName> imported = new TreeMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    Imports(ServiceModel service, ClassName self, Syntax syntax) {
        this(
                Stream.concat(
                                service.rpcs().stream().map(RpcModel::request),
                                service.rpcs().stream().map(RpcModel::response))
                        .toList(),
                service.neighbours(),
                self,
                syntax);
    }

    /**
     * Begins a file.
     *
     * @param messages   the messages it speaks of, in the order in which they choose
     * @param neighbours simple names of the other top-level classes of its package
     * @param self       its own class
     * @param syntax     its language
     */
    Imports(List<ClassName> messages, Set<String> neighbours, ClassName self, Syntax syntax) {
        this.packageName = self.packageName();
        this.neighbours = neighbours;
        this.syntax = syntax;
        bySimpleName.put(self.simpleName(), self);
        Map<String, ClassName> first = new HashMap<>();
        messages.stream()
                .filter(name -> !first.computeIfAbsent(name.simpleName(), simple -> name)
                        .equals(name))
                .forEach(name -> ambiguous.add(name.simpleName()));
        messages.forEach(this::reserve);
    }

    /** Sees to it that a message is not hidden by what is imported later. */
    private void reserve(ClassName message) {
        if (message.packageName().isEmpty()) {
            bySimpleName.putIfAbsent(
                    message.names().get(0), ClassName.of("", message.names().get(0)));
        } else if (!ambiguous.contains(message.simpleName())) {
            bySimpleName.putIfAbsent(message.simpleName(), message);
        }
    }

    /** Gives what to write for a class, and imports it if need be. */
    String name(ClassName type) {
        if (type.packageName().isEmpty()) {
            return syntax.name(type.nestedName());
        }
        String simple = type.simpleName();
        boolean free = bySimpleName.computeIfAbsent(simple, name -> type).equals(type);
        if (!free || ambiguous.contains(simple)) {
            return syntax.name(type.qualifiedName());
        }
        if (!visible(type)) {
            imported.put(type.qualifiedName(), type);
        }
        return syntax.name(simple);
    }

    /** Gives what to write for a class of this qualified name. */
    String name(String packageName, String simpleName) {
        return name(ClassName.of(packageName, simpleName));
    }

    private boolean visible(ClassName type) {
        boolean nested = type.names().size() > 1;
        boolean samePackage = type.packageName().equals(packageName);
        boolean impliedHere = type.packageName().equals(syntax.implied()) && !neighbours.contains(type.simpleName());
        return !nested && (samePackage || impliedHere);
    }

    /** Lists the classes to import, by name. */
    Iterable<ClassName> imported() {
        return imported.values();
    }
}
