// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import com.google.gson.JsonObject;
import java.util.List;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.WorkDoneProgressNotification;

/** What a server needs of the editor. Called on the server's threads; must not wait for them. */
public interface Editor {
  /** The settings, as the server takes them. */
  JsonObject settings();

  /** These are the findings of a document. */
  void published(PublishDiagnosticsParams params);

  /** Nothing is known of documents any more: their server is gone for good. */
  void forgotten(List<String> uris);

  /**
   * A step of something that takes long; the last one is an end, also if the server dies.
   *
   * @param key the same for all steps of one thing, and for no other at that time
   * @param cancel asks the server to leave it
   */
  void progress(String key, WorkDoneProgressNotification step, Runnable cancel);

  /** Something for the log that does not need the user. */
  void note(String line);

  /** Something for the log that the user has to do something about. */
  void problem(String line);
}
