// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps what was learnt about a file's content, by the content's blob id, for every process of the
 * user, and as long as there is room.
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
 * process merges some into a new one, and only then deletes them. A segment that grows large is
 * ended and another begun, so that a process that runs for weeks is bounded as well.
 *
 * <h2>What is forgotten</h2>
 *
 * Beside a segment stands when each of its frames was {@linkplain
 * dev.pinion.analyzer.store.LastUses last asked for}, by the hour. Where all versions together are
 * over the {@linkplain dev.pinion.analyzer.store.StoreLimit limit}, other versions go first, and
 * then the frames of this one that were {@linkplain dev.pinion.analyzer.store.Eviction not asked
 * for the longest}: their segments are written again without them, as in a merge.
 */
@NullMarked
package dev.pinion.analyzer.store;

import org.jspecify.annotations.NullMarked;
