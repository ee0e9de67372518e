// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.lsp.ClientFeatures.Feature;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;

/** The client and what it can do: its log, its status item, its progress bars. */
final class Editor {
  private final PinionClient client;
  private final ClientFeatures features;
  private final Map<String, Path> progressTokens = new ConcurrentHashMap<>();
  private final Map<String, Runnable> cancellations = new ConcurrentHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();

  Editor(PinionClient client, ClientFeatures features) {
    this.client = client;
    this.features = features;
  }

  PinionClient client() {
    return client;
  }

  ClientFeatures features() {
    return features;
  }

  void log(MessageType type, String message) {
    client.logMessage(new MessageParams(type, message));
  }

  void status(Status status) {
    if (features.has(Feature.STATUS)) {
      client.status(status);
    }
  }

  /** Other files than those with lenses have changed, which a client cannot know. */
  void refreshLenses() {
    if (features.has(Feature.LENS_REFRESH)) {
      CompletableFuture<?> unused = client.refreshCodeLenses();
    }
  }

  /** The tree whose progress a token stands for. */
  Optional<Path> treeOf(String token) {
    return Optional.ofNullable(progressTokens.get(token));
  }

  /** Shows a scan of a tree in the status item and, if the client can, in a progress bar. */
  ScanProgress.Display display(Path root, Health health) {
    String token = "pinion-index-" + tokens.incrementAndGet();
    Optional<WorkDoneProgress> bar =
        features.has(Feature.WORK_DONE_PROGRESS)
            ? Optional.of(new WorkDoneProgress(client, token, "Pinion: indexing " + name(root)))
            : Optional.empty();
    return new ScanProgress.Display() {
      @Override
      public void begin() {
        progressTokens.put(token, root);
        bar.ifPresent(WorkDoneProgress::begin);
      }

      @Override
      public void step(int percent, String message) {
        health.indexing(message);
        bar.ifPresent(b -> b.step(percent, message));
      }

      @Override
      public void end() {
        progressTokens.remove(token);
        bar.ifPresent(WorkDoneProgress::end);
      }
    };
  }

  /** Does what is to be done when the user cancels that progress. */
  void cancel(String token) {
    Runnable cancellation = cancellations.get(token);
    if (cancellation != null) {
      cancellation.run();
    }
  }

  /** A progress bar for something that the user has started; shows nothing if there are none. */
  ScanProgress.Display bar(String title, Runnable cancellation) {
    if (!features.has(Feature.WORK_DONE_PROGRESS)) {
      return ScanProgress.Display.NONE;
    }
    String token = "pinion-task-" + tokens.incrementAndGet();
    WorkDoneProgress bar = new WorkDoneProgress(client, token, title);
    return new ScanProgress.Display() {
      @Override
      public void begin() {
        cancellations.put(token, cancellation);
        bar.begin();
      }

      @Override
      public void step(int percent, String message) {
        bar.step(percent, message);
      }

      @Override
      public void end() {
        cancellations.remove(token);
        bar.end();
      }
    };
  }

  private static String name(Path root) {
    Path name = root.getFileName();
    return name == null ? root.toString() : name.toString();
  }
}
