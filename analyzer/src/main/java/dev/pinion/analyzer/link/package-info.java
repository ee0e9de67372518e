// SPDX-License-Identifier: Apache-2.0
/**
 * The whole program, made of all files' facts: what struct and field a path leads to, who calls
 * whom, which functions stand behind an ops table. Does not know how facts were made. Answers are
 * computed when asked for and remembered.
 */
@NullMarked
package dev.pinion.analyzer.link;

import org.jspecify.annotations.NullMarked;
