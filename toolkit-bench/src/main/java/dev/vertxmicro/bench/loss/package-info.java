/** Counts what is lost while those who take part are stopped and killed. */
@NullMarked
package dev.vertxmicro.bench.loss;

import org.jspecify.annotations.NullMarked;
