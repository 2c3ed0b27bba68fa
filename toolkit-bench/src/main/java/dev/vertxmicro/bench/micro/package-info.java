/** What parts of the toolkit cost, by JMH. */
@NullMarked
package dev.vertxmicro.bench.micro;

import org.jspecify.annotations.NullMarked;
