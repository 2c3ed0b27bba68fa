/** What an adapter's author tests with: contract suites, fakes and architecture rules. */
@NullMarked
package dev.vertxmicro.testkit;

import org.jspecify.annotations.NullMarked;
