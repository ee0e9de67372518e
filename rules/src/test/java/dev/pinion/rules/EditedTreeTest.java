// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.engine.Engine;
import dev.pinion.analyzer.engine.Progress;
import dev.pinion.analyzer.engine.Reported;
import dev.pinion.analyzer.engine.ScanRequest;
import dev.pinion.analyzer.engine.ScanResult;
import dev.pinion.analyzer.engine.StoredKinds;
import dev.pinion.analyzer.rule.RuleSet;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.Overlay;
import dev.pinion.analyzer.source.SourceFile;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.source.WorkTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is changed edit by edit says after each what one says that is linked from scratch,
 * and so does one that is linked with all that a store knows of the tree before the edits, and one
 * that is asked as an editor does, about some files. The edits are random, from a fixed seed, over
 * all situations of the corpus in one tree; {@code -Dedited.tree=DIR -Dedited.edits=N} takes
 * another tree and more edits.
 */
final class EditedTreeTest {
  private static final int EDITS = Integer.getInteger("edited.edits", 60);

  private static final Set<String> FILE_KINDS = Set.of("facts", "bodies", "makefiles", "kconfigs");

  private static final Pattern NAME = Pattern.compile("(\\w+)\\(");

  @TempDir Path scratch;
  @TempDir Path store;

  /** What the buffers of an editor hold; empty for a file that was removed. */
  private final Map<String, Optional<byte[]>> buffers = new HashMap<>();

  /** The files that were edited so far. */
  private final Set<String> looked = new TreeSet<>();

  private final Random random = new Random(Long.getLong("edited.seed", 1L));

  @Test
  void saysWhatALinkFromScratchSays() throws Exception {
    SourceTree disk = WorkTree.open(tree());
    List<SourceFile> files = new ArrayList<>();
    for (SourceFile file : disk.files()) {
      if (file.kind().isCode() && isWorthIt(disk.read(file).bytes())) {
        files.add(file);
      }
    }
    int changes = 0;
    ScanResult before = fresh(disk);
    assertFalse(before.findings().isEmpty());
    assertSame(before, warm(disk), "as on disk, the first time");
    try (FactStore known = FactStore.open(store.resolve("editor"), "test", line -> {});
        Engine live = new Engine(RuleSet.load().rules(), FactStore.none(), 2, Engine.Trees.MANY);
        Engine editor = new Engine(RuleSet.load().rules(), known, 2, Engine.Trees.MANY)) {
      assertSame(before, scan(live, disk), "as on disk");
      for (int i = 0; i < EDITS; i++) {
        SourceFile file = files.get(random.nextInt(files.size()));
        String what = edit(disk, file);
        SourceTree edited = Overlay.of(disk, buffers);
        ScanResult wanted = fresh(edited);
        assertSame(wanted, scan(live, edited), "edit " + i + ": " + what);
        assertSame(wanted, warm(edited), "edit " + i + ", by a new process: " + what);
        looked.add(file.path());
        assertWithin(wanted, editor, edited, "edit " + i + ", in an editor: " + what);
        changes += wanted.findings().equals(before.findings()) ? 0 : 1;
        before = wanted;
      }
    }
    assertTrue(changes > EDITS / 20, "edits that nobody notices prove nothing: " + changes);
  }

  /** An editor asks again and again about the files that are open in it, which become more. */
  private void assertWithin(ScanResult wanted, Engine editor, SourceTree tree, String when)
      throws Exception {
    List<String> open = looked.stream().filter(p -> tree.file(p).isPresent()).toList();
    if (open.isEmpty()) {
      return;
    }
    ScanRequest request = new ScanRequest(open, List.of());
    ScanResult found = editor.scan(tree, request, Progress.NONE, () -> false);
    assertEquals(
        wanted.findings().stream().filter(f -> request.covers(file(f))).toList(),
        found.findings(),
        when);
    assertEquals(
        wanted.excused().stream().filter(e -> request.covers(e.location().file())).toList(),
        found.excused(),
        when);
    assertEquals(
        wanted.coverage().problems().stream().filter(e -> request.covers(e.file())).toList(),
        found.coverage().problems(),
        when);
    assertEquals(open.size(), found.coverage().files(), when);
  }

  private static String file(Reported finding) {
    return finding.finding().location().file();
  }

  private Path tree() throws Exception {
    String given = System.getProperty("edited.tree", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    for (Fixture fixture : Corpus.fixtures()) {
      fixture.writeTo(Files.createDirectories(scratch.resolve(fixture.name())));
    }
    return scratch;
  }

  /**
   * Whether rules may have something to say of a file; in a kernel, of most files they have not.
   */
  private static boolean isWorthIt(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.contains("_rcu(") || text.contains("symbol_get") || text.contains("_put(");
  }

  /** Linked from scratch; only what is known of single files is remembered. */
  private ScanResult fresh(SourceTree tree) throws Exception {
    try (FactStore facts = FactStore.open(store.resolve("files"), "test", line -> {});
        Engine engine = new Engine(RuleSet.load().rules(), new OfFiles(facts), 2)) {
      return scan(engine, tree);
    }
  }

  /** Linked with all that is remembered of the tree on disk. */
  private ScanResult warm(SourceTree tree) throws Exception {
    try (FactStore all = FactStore.open(store.resolve("all"), "test", line -> {});
        Engine engine = new Engine(RuleSet.load().rules(), all, 2)) {
      return scan(engine, tree);
    }
  }

  /** What a store knows of single files, and nothing of trees. */
  private record OfFiles(FactStore store) implements FactStore {
    private static boolean isOfFile(FactKind kind) {
      return FILE_KINDS.contains(StoredKinds.name(kind.tag()));
    }

    @Override
    public Optional<byte[]> get(BlobId id, FactKind kind) {
      return isOfFile(kind) ? store.get(id, kind) : Optional.empty();
    }

    @Override
    public void put(BlobId id, FactKind kind, byte[] fact) {
      if (isOfFile(kind)) {
        store.put(id, kind, fact);
      }
    }

    @Override
    public Optional<byte[]> note(String name) {
      return Optional.empty();
    }

    @Override
    public void note(String name, byte[] value) {}

    @Override
    public void close() {}
  }

  private static ScanResult scan(Engine engine, SourceTree tree) throws Exception {
    return engine.scan(tree, ScanRequest.EVERYTHING, Progress.NONE, () -> false);
  }

  private static void assertSame(ScanResult wanted, ScanResult found, String when) {
    assertEquals("", differences(wanted.findings(), found.findings()), when);
    assertEquals("", differences(wanted.excused(), found.excused()), when);
    assertEquals(wanted.findings(), found.findings(), when);
    assertEquals(wanted.excused(), found.excused(), when);
    assertEquals(wanted.coverage(), found.coverage(), when);
    assertEquals(wanted.failures(), found.failures(), when);
  }

  private static String differences(List<?> wanted, List<?> found) {
    StringBuilder all = new StringBuilder();
    wanted.stream().filter(x -> !found.contains(x)).forEach(x -> all.append("- " + x + "\n"));
    found.stream().filter(x -> !wanted.contains(x)).forEach(x -> all.append("+ " + x + "\n"));
    return all.toString();
  }

  /** Makes an edit like those that people make, and says which. */
  private String edit(SourceTree disk, SourceFile file) throws Exception {
    Optional<byte[]> known = buffers.getOrDefault(file.path(), Optional.empty());
    if (buffers.containsKey(file.path()) && (known.isEmpty() || random.nextInt(6) == 0)) {
      buffers.remove(file.path());
      return "restored " + file.path();
    }
    if (random.nextInt(12) == 0) {
      buffers.put(file.path(), Optional.empty());
      return "removed " + file.path();
    }
    byte[] bytes = known.isPresent() ? known.get() : disk.read(file).bytes();
    List<String> lines =
        new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
    int at = random.nextInt(lines.size());
    String what = edit(lines, at) + " line " + (at + 1) + " of " + file.path();
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    buffers.put(file.path(), Optional.of(text));
    return what + ", now " + BlobId.of(text).hex();
  }

  private String edit(List<String> lines, int at) {
    return switch (random.nextInt(9)) {
      case 0 -> {
        lines.remove(at);
        yield "removed";
      }
      case 1 -> {
        lines.add(at, lines.get(random.nextInt(lines.size())));
        yield "copied another to";
      }
      case 2 -> {
        lines.add(at, "/* a line */");
        yield "commented before";
      }
      case 3 -> {
        String line = lines.get(at);
        lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
        yield "cut";
      }
      case 4 -> {
        Matcher name = NAME.matcher(lines.get(at));
        String old = name.find() ? name.group(1) : "nothing_of_that_name";
        lines.replaceAll(l -> l.replace(old + "(", old + "_too("));
        yield "renamed " + old + "() after";
      }
      case 5 -> {
        int first = lines.subList(0, at).lastIndexOf("}") + 1;
        int last = first + lines.subList(first, lines.size()).indexOf("}");
        List<String> function = new ArrayList<>(lines.subList(first, Math.max(first, last + 1)));
        lines.subList(first, first + function.size()).clear();
        List<String> before = lines.subList(0, random.nextInt(lines.size() + 1));
        lines.addAll(before.lastIndexOf("}") + 1, function);
        yield "moved the function with";
      }
      default -> {
        lines.replaceAll(l -> random.nextInt(3) == 0 ? broken(l) : l);
        yield "broke, here and there, not only";
      }
    };
  }

  /** Breaks a correct idiom. */
  private static String broken(String line) {
    return line.replace("list_del_rcu", "list_del")
        .replace("list_add_rcu", "list_add")
        .replace("kfree_rcu", "kfree")
        .replace("synchronize_rcu();", ";")
        .replace("rcu_read_unlock();", ";")
        .replace("mutex_lock(", "mutex_trylock(")
        .replace("symbol_put(", "nothing(")
        .replace("refcount_dec_and_test", "refcount_inc_not_zero")
        .replace("static ", "");
  }
}
