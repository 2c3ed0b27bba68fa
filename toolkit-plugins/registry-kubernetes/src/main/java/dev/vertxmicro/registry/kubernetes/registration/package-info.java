/**
 * Writes the services of this process into its own pod, renews them and takes them back.
 *
 * <p>Stands on {@code api} and {@code wire}.
 */
@NullMarked
package dev.vertxmicro.registry.kubernetes.registration;

import org.jspecify.annotations.NullMarked;
