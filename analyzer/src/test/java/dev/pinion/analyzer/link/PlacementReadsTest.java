// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which files are read to learn what stands in a member that structs of many kinds have. */
class PlacementReadsTest {
  private final SortedMap<String, FileFacts> files = new TreeMap<>();
  private final SortedSet<String> read = new TreeSet<>();

  private void file(String path, String text) {
    FactExtractor extractor = new FactExtractor(KernelModel.load());
    files.put(path, extractor.extract(FrontEnd.unit(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static String function(String name) {
    return "static int " + name + "(void) { return 0; }";
  }

  private String implementations(String tag) {
    TreeFacts all = TreeFacts.of(files);
    Program program =
        Program.link(
            new TreeFacts(
                all.paths(),
                all.postings(),
                path -> {
                  read.add(path);
                  return all.facts().apply(path);
                }),
            TreeMap::new,
            KernelModel.load(),
            (path, index) -> {
              throw new IllegalArgumentException(path);
            });
    return OpsTables.of(program).implementations(new FieldRef(tag, "release")).toString();
  }

  @Test
  void onlyThoseThatMaySpeakOfThatStruct() {
    file(
        "ops.h",
        "struct box_ops { int (*release)(void); }; struct file_ops { int (*release)(void); };"
            + "struct held { struct file_ops *ops; }; typedef struct file_ops file_t;");
    for (int i = 0; i < 9; i++) {
      file(
          "f" + i + ".c",
          function("f" + i)
              + "static struct file_ops ops = { .release = f"
              + i
              + " };"
              + "void set(struct file_ops *o) { o->release = f"
              + i
              + "; }");
    }
    file("a.c", function("a") + "static struct box_ops b = { .release = a };");
    file("b.c", function("b") + "void g(struct held *h) { h->ops->release = b; }");
    file("c.c", function("c") + "static file_t t = { .release = c };");
    assertEquals("[a.c:a]", implementations("box_ops"));
    // Of f0 to f8 all are of another struct; b and c cannot tell what they are of.
    read.removeIf(path -> path.endsWith(".h"));
    assertEquals("[a.c, b.c, c.c]", read.toString());
  }
}
