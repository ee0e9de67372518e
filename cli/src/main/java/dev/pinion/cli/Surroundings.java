// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.Cancellation;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that a command sees of the process it runs in, so that tests run the real commands in theirs.
 *
 * @param out for findings; UTF-8
 * @param err for everything else; UTF-8
 * @param folder where relative paths start
 * @param environment variables of the environment
 * @param outTerminal whether a person looks at {@code out}
 * @param errTerminal whether a person looks at {@code err}
 * @param cancellation says when the user wants the command to end
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Path folder,
    Map<String, String> environment,
    Terminal outTerminal,
    Terminal errTerminal,
    Cancellation cancellation) {
  /** Whether a stream ends at a terminal. */
  public enum Terminal {
    YES,
    NO
  }

  /** The absolute path of what a user typed. */
  public Path resolve(String path) {
    return folder.resolve(path).normalize();
  }
}
