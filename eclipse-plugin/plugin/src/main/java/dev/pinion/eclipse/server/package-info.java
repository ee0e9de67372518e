// SPDX-License-Identifier: Apache-2.0
/**
 * A language server as a process, and what it is told of documents. Knows the protocol and nothing
 * of Eclipse; what is to be shown goes to {@code Editor}.
 *
 * <p>Threads: each {@code Server} has one of its own, on which all that happens to it happens in
 * order, and LSP4J one that reads. Both are daemons.
 */
@NullMarked
package dev.pinion.eclipse.server;

import org.jspecify.annotations.NullMarked;
