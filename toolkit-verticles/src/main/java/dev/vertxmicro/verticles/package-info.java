/** The verticles, each deployable by name with a JSON descriptor. */
@NullMarked
package dev.vertxmicro.verticles;

import org.jspecify.annotations.NullMarked;
