/**
 * What a call may do beyond its first attempt: how often, for how long, from which budget, and at which node besides. A room of the
 * client.
 */
@NullMarked
package dev.vertxmicro.client.retrying;

import org.jspecify.annotations.NullMarked;
