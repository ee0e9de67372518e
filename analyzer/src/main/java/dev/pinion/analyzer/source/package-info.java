// SPDX-License-Identifier: Apache-2.0
/**
 * What bytes the analysis sees: a work tree, a commit straight from git's object store, and changes
 * laid over either. Lists files with the git blob ids of their content and reads them.
 *
 * <p><b>Invariant:</b> knows bytes and ids, not C. Nothing here parses a source file, prints, or
 * owns a thread: work that can be split runs as a parallel stream, that is, in the fork-join pool
 * of the caller. Content handed out always carries the id of exactly those bytes, whatever a
 * listing made earlier says, so facts can never be stored under another file's id.
 */
@NullMarked
package dev.pinion.analyzer.source;

import org.jspecify.annotations.NullMarked;
