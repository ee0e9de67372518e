// SPDX-License-Identifier: Apache-2.0
/**
 * What a rule is and what it says: findings with their story, excused candidates with their proof,
 * tiers. Rules see a Program and know neither threads nor files.
 */
@NullMarked
package dev.pinion.analyzer.rule;

import org.jspecify.annotations.NullMarked;
