// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.source.GitRepository;
import dev.pinion.analyzer.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git applies is applied, with the same result; what it refuses is refused. */
class GitApplyTest {
  private static final int ROUNDS = 60;

  @TempDir private Path temp;

  private record Run(int status, String out) {}

  @BeforeEach
  void init() throws Exception {
    assertEquals(0, git("init", "-q", ".").status());
  }

  private Run git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }

  /** Few different lines, so that hunks fit in several places. */
  private static List<String> lines(Random random, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(random.nextInt(4) == 0 ? "}" : "line " + random.nextInt(12));
    }
    return lines;
  }

  private static List<String> edited(Random random, List<String> lines, int edits) {
    List<String> edited = new ArrayList<>(lines);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(edited.size());
      switch (random.nextInt(3)) {
        case 0 -> edited.add(at, "added " + random.nextInt(99));
        case 1 -> edited.set(at, "changed " + random.nextInt(99));
        default -> edited.remove(at);
      }
    }
    return edited;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void asGitDoes() throws Exception {
    Random random = new Random(20_261_120L);
    int applied = 0;
    int merged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> old = lines(random, 12 + random.nextInt(30));
      List<String> now = edited(random, old, 1 + random.nextInt(3));
      List<String> target = edited(random, old, random.nextInt(4));
      if (old.equals(now)) {
        continue;
      }
      Files.writeString(temp.resolve("a.c"), text(old));
      git("add", "a.c");
      Files.writeString(temp.resolve("a.c"), text(now));
      String patch = git("diff", "--full-index", "-U" + (1 + random.nextInt(3)), "a.c").out();
      Files.writeString(temp.resolve("p"), patch);
      Files.writeString(temp.resolve("a.c"), text(target));
      Run plain = git("apply", "p");
      String expected = Files.readString(temp.resolve("a.c"));
      assertEquals(
          plain.status() == 0 ? expected : "(refused)",
          ours(text(target), patch, Optional.empty()),
          plain.out() + patch + text(target));
      applied += plain.status() == 0 ? 1 : 0;
      if (plain.status() != 0) {
        merged += threeWay(text(target), patch);
      }
    }
    assertTrue(applied > 10 && applied < ROUNDS && merged > 0, applied + " " + merged);
  }

  /** With the blobs at hand: whatever git merges without a conflict. */
  private int threeWay(String target, String patch) throws Exception {
    Files.writeString(temp.resolve("a.c"), target);
    git("add", "a.c");
    Run threeWay = git("apply", "--3way", "p");
    String expected = Files.readString(temp.resolve("a.c"));
    try (GitRepository repository = GitRepository.open(temp)) {
      String ours = ours(target, patch, Optional.of(repository));
      if (threeWay.status() == 0) {
        assertEquals(expected, ours, threeWay.out() + patch + target);
        return 1;
      }
      assertEquals("(refused)", ours, threeWay.out() + patch + target);
      return 0;
    }
  }

  private static String ours(String target, String patch, Optional<GitRepository> blobs) {
    try {
      PatchedTree tree =
          PatchedTree.of(Trees.of(Map.of("a.c", target)), blobs)
              .with(Patch.parse("patch", "title", "p", patch));
      return Trees.text(tree.tree(), "a.c");
    } catch (SourceException e) {
      return "(refused)";
    }
  }
}
