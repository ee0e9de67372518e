// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.facts.FactExtractor;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileParts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.facts.Term;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.parse.FrontEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever looks at a part of a file is told when what he looked at has become another. */
class PartsTest {
  private static final FactExtractor EXTRACTOR = new FactExtractor(KernelModel.load());

  private static final String FILE =
      """
      #include <linux/list.h>
      struct item { struct list_head node; struct kref ref; };
      static LIST_HEAD(items);
      void item_add(struct item *i)
      {
        spin_lock(&lock);
        list_add_rcu(&i->node, &items);
        spin_unlock(&lock);
      }
      void item_put(struct item *i)
      {
        kref_put(&i->ref, item_release);
      }
      """;

  /** Says which parts were read. */
  private static final class Noted implements PartReads {
    private final Set<Integer> parts = new HashSet<>();

    @Override
    public boolean areNoted() {
      return true;
    }

    @Override
    public void read(String path, int part) {
      parts.add(part);
    }

    @Override
    public void readAll(String path) {}
  }

  private static FileFacts facts(String text) {
    return EXTRACTOR.extract(FrontEnd.unit(text.getBytes(UTF_8)));
  }

  private static Set<Integer> different(String now) {
    return FileParts.different(facts(FILE), facts(now), FileParts.Form.ORDERED);
  }

  /** All names by which anything may be looked for in files like these. */
  private static Set<String> names(Program program, String path) {
    Set<String> names = new TreeSet<>(List.of(""));
    program
        .file(path)
        .functions()
        .forEach(
            f -> {
              names.addAll(f.callees());
              f.parameters().forEach(p -> names.add(p.type().name()));
            });
    program
        .file(path)
        .structs()
        .forEach(
            s -> {
              names.add(s.tag());
              s.members().forEach(m -> names.add(m.name()));
            });
    Set<String> members = new TreeSet<>();
    for (String name : names) {
      members.add(FileTerms.member("", name));
      program.file(path).structs().forEach(s -> members.add(FileTerms.member(s.tag(), name)));
    }
    names.addAll(members);
    return names;
  }

  /** What is said under that name by all looks there are. */
  private static List<String> looks(LinkedFile file, String name) {
    List<String> all = new ArrayList<>();
    for (Look<?> look :
        List.of(
            Look.operand(name),
            Look.operandIn(name),
            Look.operationsOf(name),
            Look.operatesOn(name),
            Look.stores(name),
            Look.storesIn(name),
            Look.functionStores(name),
            Look.callsThrough(name),
            Look.passed(name))) {
      all.add(look.term() + " " + file.all(look).toList());
    }
    all.add("callers " + file.callers(name));
    all.add("functions " + file.functions(name));
    all.add("mentions " + file.mentions(name));
    all.add("structs " + file.structs(name));
    all.add("globals " + file.globals(name));
    all.add("macros " + file.macros(name));
    all.add("typedefs " + file.typedefs(name));
    all.add("prototypes " + file.prototypes(name));
    all.add("reads " + file.readsThrough(name));
    return all;
  }

  @Test
  void aLookSaysTheSameAsLongAsItsPartDoes() {
    int changed = 0;
    for (Program program : CorpusPrograms.all()) {
      for (String path : program.paths()) {
        FileFacts whole = program.file(path);
        for (int without = 0; without < whole.functions().size(); without++) {
          FileFacts less = without(whole, without);
          Set<Integer> parts = FileParts.different(whole, less, FileParts.Form.EXACT);
          for (String name : names(program, path)) {
            Noted noted = new Noted();
            List<String> before = looks(new LinkedFile(path, p -> whole, noted), name);
            List<String> after = looks(new LinkedFile(path, p -> less, PartReads.UNNOTED), name);
            boolean isTold = noted.parts.stream().anyMatch(parts::contains);
            List<String> others = new ArrayList<>(before);
            others.removeAll(after);
            assertTrue(isTold || before.equals(after), () -> path + " '" + name + "' " + others);
            changed += before.equals(after) ? 0 : 1;
          }
        }
      }
    }
    assertTrue(changed > 1000, "looks that say something else: " + changed);
  }

  private static FileFacts without(FileFacts f, int function) {
    List<FunctionFacts> functions = new ArrayList<>(f.functions());
    functions.remove(function);
    return new FileFacts(
        f.includes(),
        f.structs(),
        f.typedefs(),
        f.globals(),
        f.prototypes(),
        f.macros(),
        f.invocations(),
        functions,
        f.fieldUses(),
        f.problems());
  }

  @Test
  void linesThatSayNothingChangeNoPart() {
    assertEquals(Set.of(), different(FILE));
    assertEquals(Set.of(), different("/* a line */\n" + FILE));
    assertEquals(Set.of(), different(FILE.replace("void item_put", "\n\nvoid item_put")));
  }

  @Test
  void aCallMoreChangesWhatIsSaidOfItsFunction() {
    Set<Integer> parts = different(FILE.replace("  kref_put", "  trace();\n  kref_put"));
    assertTrue(parts.contains(FileParts.function("item_put")));
    assertTrue(parts.contains(FileTerms.number(Term.CALL, "trace")));
    assertFalse(parts.contains(FileParts.function("item_add")));
    assertFalse(parts.contains(FileTerms.number(Term.OPERAND, "ref")), "it has only moved");
    assertFalse(parts.contains(FileParts.FUNCTIONS));
  }

  @Test
  void whatHasMovedIsFoundWhereItIs() {
    String now = "/* a line */\n" + FILE.replace("  kref_put", "  trace();\n  kref_put");
    Moves moves = Moves.of(facts(FILE), facts(now)).orElseThrow();
    assertEquals(Optional.of(8), moves.line(7), "in a function that is the same");
    assertEquals(Optional.empty(), moves.line(12), "in one that is not");
    assertEquals(Optional.empty(), moves.line(40), "where nothing stands");
  }

  @Test
  void functionsThatChangePlacesAreTold() {
    int second = FILE.indexOf("void item_put");
    int first = FILE.indexOf("void item_add");
    String swapped =
        FILE.substring(0, first)
            + FILE.substring(second).replace("{\n", "{\n\n")
            + FILE.substring(first, second);
    assertEquals(Optional.empty(), Moves.of(facts(FILE), facts(swapped)).map(m -> "in order"));
  }
}
