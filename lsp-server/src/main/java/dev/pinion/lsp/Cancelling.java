// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Lets who works at a part of an answer hear that nobody waits for it any more. */
final class Cancelling {
  private Cancelling() {}

  /** The answer; when it is cancelled, so are those that it is made of. */
  static <T> CompletableFuture<T> both(CompletableFuture<T> answer, CompletableFuture<?>... parts) {
    CompletableFuture<?> unused =
        answer.whenComplete(
            (value, failure) -> {
              if (answer.isCancelled()) {
                List.of(parts).forEach(part -> part.cancel(false));
              }
            });
    return answer;
  }
}
