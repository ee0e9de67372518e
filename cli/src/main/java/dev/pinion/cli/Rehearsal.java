// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.cli.Surroundings.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

  private Rehearsal() {}

  /**
   * Rehearses, and ends the process as {@link Main} does.
   *
   * @param args the demo's folder, and one for a store
   */
  public static void main(String[] args) {
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

  /** The commands, about that tree and with that store. */
  static List<String[]> commands(String tree, String store) {
    List<String[]> all = new ArrayList<>();
    for (String command : COMMANDS) {
      List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.addAll(List.of("--tree", tree, "--store", store, "--progress", "never"));
      all.add(words.toArray(new String[0]));
    }
    return all;
  }
}
