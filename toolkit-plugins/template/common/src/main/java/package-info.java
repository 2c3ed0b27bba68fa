/**
 * A @kind@ over @Type@.
 *
 * <p>go-micro counterpart: {@code go-plugins/@kind@/@name@}.
 *
 * <pre>{@code
 * @Type@@Kind@Options options = @Type@@Kind@Options.DEFAULTS.withAddress("10.1.2.3:1234");
 * @Kind@ @kind@ = @Type@@Kind@.create(vertx, options);
 * }</pre>
 */
@NullMarked
package @root@;

import org.jspecify.annotations.NullMarked;
