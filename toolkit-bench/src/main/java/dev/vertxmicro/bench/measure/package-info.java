/** What benchmarks measure with. */
@NullMarked
package dev.vertxmicro.bench.measure;

import org.jspecify.annotations.NullMarked;
