// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps what was learnt about a file's content, by the content's blob id, for ever and for every
 * process of the user.
 *
 * <p><b>Invariant:</b> knows storage, not C. To this package a fact is bytes. It never gives back
 * bytes other than those put in: a store that is damaged, of another version, unwritable or full
 * knows less, which costs time, and says so in one line.
 *
 * <h2>On disk</h2>
 *
 * A version of the analyzer has a folder of its own in the store's folder. In it each process
 * appends to a segment of its own and never writes to another's, so there is nothing to lock. A
 * segment is a sequence of {@link dev.pinion.analyzer.store.Frame frames}; when its process ends
 * well, a sorted {@link dev.pinion.analyzer.store.FrameTable table} of them follows, in which
 * readers search where it lies. A segment without one, because its process is alive or was killed,
 * is read frame by frame up to the first that is not whole. When there are many segments, one
 * process merges some into a new one, and only then deletes them.
 */
@NullMarked
package dev.pinion.analyzer.store;

import org.jspecify.annotations.NullMarked;
