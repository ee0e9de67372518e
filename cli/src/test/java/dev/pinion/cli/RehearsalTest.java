// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher's archive of classes is made by has answers, and not only lines of error. */
class RehearsalTest {
  @TempDir Path temp;

  @Test
  void everyCommandOfItHasAnAnswer() throws IOException {
    Path demo = Path.of("../corpus/demo").toAbsolutePath().normalize();
    for (String[] words : Rehearsal.commands(demo.toString(), temp.resolve("store").toString())) {
      Cli.Run run = new Cli(temp, temp).run(words);
      if (run.status() != ExitStatus.FINDINGS) {
        run.is(ExitStatus.OK);
      }
    }
  }
}
