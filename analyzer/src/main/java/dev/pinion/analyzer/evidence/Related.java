// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.evidence;

/** One step of a finding's story, or one line of an excuse's proof. */
public record Related(Location location, String message) {}
