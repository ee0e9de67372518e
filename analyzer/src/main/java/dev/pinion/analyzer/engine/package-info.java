// SPDX-License-Identifier: Apache-2.0
/**
 * Runs rules over trees: schedules files and functions on threads, keeps limits, reports progress,
 * catches a rule's crash in the one place where it is caught. The only package with threads.
 */
@NullMarked
package dev.pinion.analyzer.engine;

import org.jspecify.annotations.NullMarked;
