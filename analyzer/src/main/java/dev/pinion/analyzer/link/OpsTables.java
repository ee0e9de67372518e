// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.facts.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which functions stand behind a field: from initialisers of ops tables and from stores of function
 * names into fields. Also how a function's address escapes, so that it may be called by someone we
 * don't see. Names are looked for, and whom they mean is resolved, when it is asked.
 */
public final class OpsTables {
  /** A table is in a device's data, that in an entry of a table of ids, and that in a driver. */
  private static final int MAX_TABLES = 4;

  private final Program program;
  private final Mentions mentions;
  private final Placements placements;

  /** How a function's address, or its name, leaves. */
  public enum Form {
    /** In a table or a member. */
    STORED,
    /** As an argument. */
    PASSED,
    /** Inside of an argument of a file-level macro: anything may become of it. */
    IN_TEXT,
    /** In the body of a macro, which calls it where the macro is used. */
    IN_MACRO
  }

  /**
   * One way in which a function's address leaves.
   *
   * @param form how it leaves
   * @param callee the function or file-level macro it is passed to, or the macro in whose text it
   *     stands; empty if it is stored
   * @param argument at which position it is passed, or -1 if it stands somewhere in a text
   * @param field the member it is stored in, if it is and if that is known
   * @param table the name of the ops table it stands in, or empty
   * @param file where that happens
   * @param constants names in capitals that stand beside it: in the same call, or in the same
   *     element of the table
   */
  public record Escape(
      Form form,
      String callee,
      int argument,
      Optional<FieldRef> field,
      String table,
      String file,
      List<String> constants) {
    public Escape {
      constants = List.copyOf(constants);
    }
  }

  /** {@code target = name} in some function of that file. */
  public record StoredFunction(TypedPath target, String name, String file) {}

  private OpsTables(Program program) {
    this.program = program;
    this.mentions = new Mentions(program);
    this.placements = new Placements(program);
  }

  /** The tables of a program. */
  public static OpsTables of(Program program) {
    return program.memo(OpsTables.class, () -> new OpsTables(program));
  }

  /** Whether the function's address goes somewhere, so that its callers are not all known. */
  public boolean escapes(FunctionRef function) {
    return !escapesOf(function).isEmpty();
  }

  /** All known ways in which the function's address leaves, in path order. */
  public List<Escape> escapesOf(FunctionRef function) {
    return program.memo(List.of("escapes", function), () -> findEscapes(function));
  }

  private List<Escape> findEscapes(FunctionRef function) {
    List<Escape> escapes = new ArrayList<>();
    for (Mention mention : mentions.ofFunction(function.name())) {
      if (!isNameOnly(mention)
          && program
              .resolve(function.name(), mention.file())
              .filter(function::equals)
              .isPresent()) {
        escapes.add(escape(mention));
      }
    }
    return escapes;
  }

  /**
   * An export makes a name visible; that calls from elsewhere reach it is known anyway. A trace
   * event of the function's name has nothing to do with it.
   */
  private boolean isNameOnly(Mention mention) {
    return mention instanceof Mention.Passed passed
        && (program.model().find("export", passed.callee()).isPresent()
            || program
                .model()
                .find("context", passed.callee())
                .filter(a -> a.operation().equals("name"))
                .filter(a -> a.argument("arg") == passed.argument())
                .isPresent());
  }

  private Escape escape(Mention mention) {
    if (mention instanceof Mention.Passed passed) {
      return new Escape(
          Form.PASSED,
          passed.callee(),
          passed.argument(),
          Optional.empty(),
          "",
          passed.file(),
          passed.constants());
    }
    if (mention instanceof Mention.InText text) {
      return inText(Form.IN_TEXT, text.macro(), text.file());
    }
    if (mention instanceof Mention.InMacro in) {
      return inText(Form.IN_MACRO, in.macro(), in.file());
    }
    String table = mention instanceof Mention.InTable in ? in.table().name() : "";
    List<String> constants = mention instanceof Mention.InTable in ? beside(in) : List.of();
    return new Escape(
        Form.STORED, "", -1, placements.field(mention), table, mention.file(), constants);
  }

  private static Escape inText(Form form, String macro, String file) {
    return new Escape(form, macro, -1, Optional.empty(), "", file, List.of());
  }

  /**
   * The constants of the table's element that the entry stands in. Facts do not tell where elements
   * end: from the first entry on, one begins where a field would come again.
   */
  private static List<String> beside(Mention.InTable in) {
    List<FileFacts.TableEntry> all = in.table().entries();
    int from = 0;
    int to = 0;
    while (to <= in.entry()) {
      from = to;
      to = endOfElement(all, from);
    }
    return all.subList(from, to).stream()
        .map(FileFacts.TableEntry::symbol)
        .filter(s -> s.chars().noneMatch(Character::isLowerCase))
        .distinct()
        .sorted()
        .toList();
  }

  /** Several flags of one field are one value. */
  private static int endOfElement(List<FileFacts.TableEntry> all, int from) {
    Set<String> fields = new HashSet<>();
    int to = from;
    while (to < all.size()
        && (fields.add(all.get(to).field())
            || (all.get(to).field().equals(all.get(to - 1).field())
                && all.get(to).position().equals(all.get(to - 1).position())))) {
      to++;
    }
    return to;
  }

  /**
   * To what a global, such as a notifier block, is passed by address or by name in that file or,
   * unless it is static, elsewhere.
   */
  public List<Escape> registrations(String global, String file) {
    return seen(global, file).stream()
        .filter(m -> m instanceof Mention.Passed)
        .map(this::escape)
        .toList();
  }

  /** The mentions of a name that mean that global of that file. */
  private List<Mention> seen(String global, String file) {
    boolean elsewhere = !Globals.isStatic(program, global, file);
    return mentions.of(global).stream()
        .filter(
            m ->
                m.file().equals(file)
                    || (elsewhere && !Globals.isStatic(program, global, m.file())))
        .toList();
  }

  /**
   * Whether a global gets to somebody: it is passed, stored by a function, or named by the
   * initialiser of another one of which that is so.
   */
  public boolean isHandedOver(String global, String file) {
    return program.memo(
        List.of("OpsTables.isHandedOver", global, file),
        () -> isHandedOver(global, file, MAX_TABLES));
  }

  private boolean isHandedOver(String global, String file, int depth) {
    return seen(global, file).stream()
        .anyMatch(
            m ->
                !(m instanceof Mention.InTable in)
                    || (depth > 0
                        && !in.table().name().equals(global)
                        && isHandedOver(in.table().name(), in.file(), depth - 1)));
  }

  /**
   * The stores of function names into members of that name, by paths that start from a variable of
   * that struct or of a typedef of it; sometimes of others.
   */
  List<StoredFunction> storedFrom(String tag, String member) {
    return program.memo(
        List.of("OpsTables.storedFrom", tag, member),
        () -> {
          SortedSet<String> files = new TreeSet<>();
          for (String type : Synonyms.of(program).ofTag(tag)) {
            files.addAll(program.files(Term.STORE_FUNCTION_FROM, FileTerms.member(type, member)));
          }
          List<StoredFunction> all = new ArrayList<>();
          for (String path : files) {
            placements.forEachStore(
                path, member, s -> all.add(new StoredFunction(s.target(), s.name(), path)));
          }
          return all;
        });
  }

  /** The functions known to stand in that field, in path order. */
  public List<FunctionRef> implementations(FieldRef field) {
    return placements.functions(field);
  }
}
