package dev.vertxmicro.kotlin

/** Marks the module until its first type arrives. */
internal object Module
