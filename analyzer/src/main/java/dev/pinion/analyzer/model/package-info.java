// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's API families as data: one row per function, read from resource files. Everything
 * that knows a kernel name knows it from here; nothing here knows how an analysis works.
 */
@NullMarked
package dev.pinion.analyzer.model;

import org.jspecify.annotations.NullMarked;
