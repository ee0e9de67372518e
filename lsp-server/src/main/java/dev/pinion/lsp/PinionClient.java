// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import org.eclipse.lsp4j.jsonrpc.services.JsonNotification;
import org.eclipse.lsp4j.services.LanguageClient;

/** The editor's side of the protocol, with what Pinion adds to it. */
interface PinionClient extends LanguageClient {
  /** How the server is; sent only to clients that ask for it (see {@link ClientFeatures}). */
  @JsonNotification("pinion/status")
  void status(Status status);
}
