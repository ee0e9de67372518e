// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one class per command, mixins for the options they share. The only package that
 * prints. Findings go to standard output, everything else to standard error.
 */
@NullMarked
package dev.pinion.cli;

import org.jspecify.annotations.NullMarked;
