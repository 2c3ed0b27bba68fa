/** A network of its own for a test, and raw connections to what is tested. */
@NullMarked
package dev.vertxmicro.testkit.lab;

import org.jspecify.annotations.NullMarked;
