/** What decodes bytes from outside, given anything: targets, and Jazzer in a JVM of its own. */
@NullMarked
package dev.vertxmicro.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
