package dev.vertxmicro.codegen;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.SourceVersion;

/** The table of the words that Java or Kotlin keep for themselves, everywhere or in some places. */
final class ReservedWords {
    private static final List<String> JAVA = List.of(
            "_ abstract assert boolean break byte case catch char class const continue default do double else enum extends final",
            "finally float for goto if implements import instanceof int interface long native new package private protected",
            "public return short static strictfp super switch synchronized this throw throws transient try void volatile while",
            "true false null");

    /** Those of which no class may have the name. */
    private static final String JAVA_RESTRICTED_TYPES = "permits record sealed var yield";

    private static final String JAVA_RESTRICTED =
            "exports module open opens provides requires to transitive uses when with";

    private static final List<String> KOTLIN = List.of(
            "as break class continue do else false for fun if in interface is null object package return super this throw true",
            "try typealias typeof val var when while");

    private static final List<String> KOTLIN_SOFT = List.of(
            "by catch constructor delegate dynamic field file finally get import init it param property receiver set setparam",
            "value where abstract actual annotation companion const crossinline data enum expect external final infix inline",
            "inner internal lateinit noinline open operator out override private protected public reified sealed suspend",
            "tailrec vararg yield");

    private ReservedWords() {}

    /** Lists all of them. */
    static Set<String> all() {
        Set<String> words = new TreeSet<>();
        for (List<String> lines : List.of(JAVA, List.of(JAVA_RESTRICTED_TYPES, JAVA_RESTRICTED), KOTLIN, KOTLIN_SOFT)) {
            lines.forEach(line -> words.addAll(List.of(line.split(" "))));
        }
        return words;
    }

    /** Lists those that Java takes in a package; no message can be in another, as protoc writes it. */
    static List<String> packages() {
        return all().stream().filter(SourceVersion::isName).toList();
    }

    /** Lists those that Java takes as the name of a class; no message can have another, as protoc writes it. */
    static List<String> types() {
        Set<String> restricted = Set.of(JAVA_RESTRICTED_TYPES.split(" "));
        return packages().stream().filter(word -> !restricted.contains(word)).toList();
    }
}
