// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.cli.Surroundings.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs, one after the other in one process, what people start with: the launcher has Java archive
 * the classes that this loads, and every later start takes them from there.
 */
public final class Rehearsal {
  /** About the demo; the scan again, to have it from what is remembered. */
  private static final List<String> COMMANDS =
      List.of(
          "scan --format json",
          "scan",
          "atlas field gate_device.gate_node",
          "atlas calls gate_put",
          "atlas calls gate_helpers.put",
          "atlas module drivers/relay/relay_main.c",
          "atlas module gate_put",
          "atlas counted gate",
          "atlas locks relay_port_add");

  /** A patch that applies to any tree. */
  private static final String PATCH =
      """
      diff --git a/rehearsed.c b/rehearsed.c
      new file mode 100644
      --- /dev/null
      +++ b/rehearsed.c
      @@ -0,0 +1,9 @@
      +static void rehearsed(struct rehearsed *r)
      +{
      +\tmutex_lock(&r->lock);
      +\tlist_del_rcu(&r->node);
      +\tmutex_unlock(&r->lock);
      +\tsynchronize_rcu();
      +\tgate_put(r->gate);
      +\tkfree(r);
      +}
      """;

  private Rehearsal() {}

  /**
   * Rehearses, and ends the process as {@link Main} does.
   *
   * @param args the demo's folder, and one for a store
   */
  public static void main(String[] args) throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Surroundings here =
        new Surroundings(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Path.of("").toAbsolutePath(),
            Map.of(),
            Terminal.NO,
            Terminal.NO,
            () -> false);
    for (String[] command : commands(args[0], args[1])) {
      CommandTree.run(here, command);
    }
    Main.main(new String[] {"--version"});
  }

  /** The commands, about that tree and with that store, beside which a patch is written. */
  static List<String[]> commands(String tree, String store) throws IOException {
    Path patch = Files.writeString(Path.of(store + ".patch"), PATCH);
    List<String[]> all = new ArrayList<>();
    List<List<String>> commands = new ArrayList<>();
    COMMANDS.forEach(c -> commands.add(List.of(c.split(" ", -1))));
    commands.add(List.of("check", "--format", "json", "--patch", patch.toString()));
    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(command);
      words.addAll(List.of("--tree", tree, "--store", store, "--progress", "never"));
      all.add(words.toArray(new String[0]));
    }
    return all;
  }
}
