// SPDX-License-Identifier: Apache-2.0
/**
 * The language server: an editor's buffers in, diagnostics out. Knows the protocol, documents and
 * when to analyse; asks {@code Analysis} for findings and knows nothing of how they are made. The
 * only package that imports LSP4J.
 *
 * <p>Threads, all daemons: one reads the protocol, one analyses, one polls (parent process, files
 * changed behind the editor's back). Nothing else is started here.
 */
@NullMarked
package dev.pinion.lsp;

import org.jspecify.annotations.NullMarked;
