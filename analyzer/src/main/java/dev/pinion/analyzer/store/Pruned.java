// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

/**
 * What was removed from a store.
 *
 * @param versions of the analyzer whose facts are gone altogether
 * @param entries of the current version, those not asked for the longest
 * @param bytes of both
 */
public record Pruned(int versions, long entries, long bytes) {}
