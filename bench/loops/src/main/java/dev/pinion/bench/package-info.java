// SPDX-License-Identifier: Apache-2.0
/**
 * What the benchmarks read: C of our own in the shape of drivers, or files named on the command
 * line. The benchmarks themselves stand in the packages whose inner loops they measure.
 */
@NullMarked
package dev.pinion.bench;

import org.jspecify.annotations.NullMarked;
