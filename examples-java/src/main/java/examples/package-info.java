/** Examples, each one a verticle with its descriptor in conf/. */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
