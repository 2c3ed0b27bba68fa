/** JSON as Go's {@code encoding/json} writes it, for all that speaks to go-micro in texts. */
@NullMarked
package dev.vertxmicro.json;

import org.jspecify.annotations.NullMarked;
