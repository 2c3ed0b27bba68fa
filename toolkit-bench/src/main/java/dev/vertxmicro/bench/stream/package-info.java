/** Messages of one stream, beside a bare socket that carries the same bytes. */
@NullMarked
package dev.vertxmicro.bench.stream;

import org.jspecify.annotations.NullMarked;
