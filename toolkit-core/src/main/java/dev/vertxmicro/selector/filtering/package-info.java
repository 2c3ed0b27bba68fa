/**
 * What leaves nodes out of a choice, each a record, so that equal ones are applied once.
 *
 * <p>go-micro counterpart: {@code client/selector/filter.go}.
 */
@NullMarked
package dev.vertxmicro.selector.filtering;

import org.jspecify.annotations.NullMarked;
