/** Benchmarks. */
package dev.vertxmicro.bench;
