/** Marks the module; the concepts have packages of their own. */
@NullMarked
package dev.vertxmicro.core;

import org.jspecify.annotations.NullMarked;
