// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.facts.FileTerms;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.ir.Step;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Resolves typed paths to structs and fields: through typedefs, anonymous members, embedded
 * structs, globals and return types. A tag that several files define is resolved by {@link
 * Proximity}. Unknown stays unknown: there is no fall-back to a field's name alone.
 */
public final class Types {
  /** Typedefs of typedefs, anonymous structs in anonymous structs. */
  private static final int MAX_DEPTH = 12;

  private final Program program;
  private final NameIndex names;

  Types(Program program, NameIndex names) {
    this.program = program;
    this.names = names;
  }

  /**
   * A place, resolved.
   *
   * @param type its type
   * @param file from where that type's names must be looked up
   * @param field the member last stepped through; empty for a bare variable
   */
  public record Place(CType type, String file, Optional<FieldRef> field) {}

  /** A struct definition and where it stands. */
  public record StructDefinition(String file, Declarations.Struct struct) {}

  /** Where the path leads, seen from {@code file}; empty if any step is unknown. */
  public Optional<Place> resolve(TypedPath path, String file) {
    Optional<Place> place = start(path, file);
    for (Step step : path.steps()) {
      if (place.isEmpty()) {
        return place;
      }
      place = take(step, place.get(), file);
    }
    return place;
  }

  private Optional<Place> start(TypedPath path, String file) {
    return switch (path.origin()) {
      case VARIABLE -> Optional.of(new Place(path.type(), file, Optional.empty()));
      case GLOBAL -> global(path.root(), file);
      case RESULT -> result(path.root(), file);
      case UNKNOWN -> Optional.empty();
    };
  }

  private Optional<Place> global(String name, String file) {
    Optional<Place> variable =
        nearest(file, file, names.globals(name))
            .map(g -> new Place(g.item().type(), g.file(), Optional.empty()));
    return variable.isPresent() ? variable : ofMacro(name, file, 0);
  }

  /** The type of what a macro stands for. */
  private Optional<Place> ofMacro(String name, String file, int depth) {
    Optional<NameIndex.In<Declarations.Macro>> macro = nearest(file, file, names.macros(name));
    if (macro.isEmpty() || depth == MAX_DEPTH) {
      return Optional.empty();
    }
    Optional<CType> type = MacroTypes.type(macro.get().item());
    return type.isPresent()
        ? Optional.of(new Place(type.get(), macro.get().file(), Optional.empty()))
        : MacroTypes.resultOf(macro.get().item())
            .flatMap(f -> result(f, macro.get().file(), depth + 1));
  }

  private Optional<Place> result(String function, String file) {
    return result(function, file, 0);
  }

  private Optional<Place> result(String function, String file, int depth) {
    Optional<FunctionRef> definition = program.resolve(function, file);
    if (definition.isPresent()) {
      CType type = program.facts(definition.get()).returnType();
      return Optional.of(new Place(type, definition.get().file(), Optional.empty()));
    }
    Optional<Place> declared =
        nearest(file, file, names.prototypes(function))
            .map(p -> new Place(p.item(), p.file(), Optional.empty()));
    return declared.isPresent() ? declared : ofMacro(function, file, depth);
  }

  /**
   * @param viewpoint the file the path was written in: of several definitions of a tag that the
   *     file of {@code from} may mean, such as one per architecture, it means the one near to it
   */
  private Optional<Place> take(Step step, Place from, String viewpoint) {
    if (step instanceof Step.Arrow arrow) {
      return member(from, arrow.name(), viewpoint);
    }
    if (step instanceof Step.Dot dot) {
      return member(from, dot.name(), viewpoint);
    }
    return expand(from.type(), from.file(), viewpoint)
        .map(p -> new Place(p.type().pointee(), p.file(), from.field()));
  }

  private Optional<Place> member(Place from, String name, String viewpoint) {
    return expand(from.type(), from.file(), viewpoint)
        .filter(p -> p.type().isAggregate())
        .flatMap(p -> memberOf(p.type().name(), p.file(), viewpoint, name));
  }

  /**
   * The member {@code name} of the struct {@code tag} as seen from {@code file}; a dotted name goes
   * on into embedded structs.
   */
  public Optional<Place> memberOf(String tag, String file, String name) {
    return memberOf(tag, file, file, name);
  }

  private Optional<Place> memberOf(String tag, String file, String viewpoint, String name) {
    int dot = name.indexOf('.');
    if (dot > 0) {
      return memberOf(tag, file, viewpoint, name.substring(0, dot))
          .flatMap(p -> member(p, name.substring(dot + 1), viewpoint));
    }
    for (StructDefinition definition : structs(tag, file, viewpoint)) {
      Optional<CType> type = find(definition, name, 0);
      if (type.isPresent()) {
        FieldRef field = new FieldRef(qualified(tag, definition.file()), name);
        return Optional.of(new Place(type.get(), definition.file(), Optional.of(field)));
      }
    }
    return nearest(file, viewpoint, names.macros(name))
        .flatMap(m -> MacroTypes.member(m.item()))
        .flatMap(m -> memberOf(tag, file, viewpoint, m))
        .or(() -> memberOfFirst(tag, file, viewpoint, name));
  }

  /**
   * A pointer to a struct is one to its first member as well: {@code ((struct sock *)msk)->sk_lock}
   * is a member of the socket that a {@code struct mptcp_sock} begins with.
   */
  private Optional<Place> memberOfFirst(String tag, String file, String viewpoint, String name) {
    for (StructDefinition definition : structs(tag, file, viewpoint)) {
      Optional<String> first = FileTerms.first(definition.struct());
      if (first.isPresent()) {
        return memberOf(first.get(), definition.file(), viewpoint, name);
      }
    }
    return Optional.empty();
  }

  private Optional<CType> find(StructDefinition in, String name, int depth) {
    for (Declarations.Member member : in.struct().members()) {
      if (member.name().equals(name)) {
        return Optional.of(member.type());
      }
      if (member.name().isEmpty() && depth < MAX_DEPTH) {
        for (StructDefinition inner : structs(member.type().name(), in.file())) {
          Optional<CType> found = find(inner, name, depth + 1);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The names of all members of a struct, those of anonymous structs in it included. */
  SortedSet<String> members(String owner) {
    String tag = new FieldRef(owner, "").tag();
    SortedSet<String> all = new TreeSet<>();
    for (StructDefinition definition : structs(tag, "")) {
      if (qualified(tag, definition.file()).equals(owner)) {
        addMembers(definition, 0, all);
      }
    }
    return all;
  }

  private void addMembers(StructDefinition of, int depth, SortedSet<String> into) {
    for (Declarations.Member member : of.struct().members()) {
      if (!member.name().isEmpty()) {
        into.add(member.name());
      } else if (depth < MAX_DEPTH) {
        structs(member.type().name(), of.file()).forEach(s -> addMembers(s, depth + 1, into));
      }
    }
  }

  /** The definitions of that tag, nearest first. */
  public List<StructDefinition> structs(String tag, String file) {
    return structs(tag, file, file);
  }

  private List<StructDefinition> structs(String tag, String file, String viewpoint) {
    List<NameIndex.In<Declarations.Struct>> all = names.structs(tag);
    return ordered(file, viewpoint, all).stream()
        .map(s -> new StructDefinition(s.file(), s.item()))
        .toList();
  }

  private String qualified(String tag, String file) {
    List<NameIndex.In<Declarations.Struct>> all = names.structs(tag);
    boolean oneFile = all.stream().allMatch(s -> s.file().equals(file));
    return oneFile ? tag : tag + "@" + file;
  }

  /** The type with typedefs replaced by what they stand for; empty if one is unknown. */
  public Optional<Place> expand(CType type, String file) {
    return expand(type, file, file);
  }

  private Optional<Place> expand(CType type, String file, String viewpoint) {
    CType current = type;
    String from = file;
    for (int i = 0; i < MAX_DEPTH && current.kind() == CType.Kind.TYPEDEF; i++) {
      Optional<NameIndex.In<CType>> next = nearest(from, viewpoint, names.typedefs(current.name()));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      CType base = next.get().item();
      current =
          new CType(
              base.kind(),
              base.name(),
              base.pointers() + current.pointers(),
              base.arrays() + current.arrays());
      from = next.get().file();
    }
    return Optional.of(new Place(current, from, Optional.empty()));
  }

  /** The tag of the struct behind a type, through typedefs and pointers, qualified if ambiguous. */
  public Optional<String> tag(CType type, String file) {
    return expand(type, file)
        .filter(p -> p.type().isAggregate())
        .map(
            p -> {
              List<StructDefinition> all = structs(p.type().name(), p.file());
              return all.isEmpty()
                  ? p.type().name()
                  : qualified(p.type().name(), all.get(0).file());
            });
  }

  private <T> Optional<NameIndex.In<T>> nearest(
      String file, String viewpoint, List<NameIndex.In<T>> all) {
    return ordered(file, viewpoint, all).stream().findFirst();
  }

  /** What stands in {@code file} itself, or else what is nearest to the viewpoint. */
  private <T> List<NameIndex.In<T>> ordered(
      String file, String viewpoint, List<NameIndex.In<T>> all) {
    if (all.size() < 2) {
      return all;
    }
    boolean here = all.stream().anyMatch(s -> s.file().equals(file));
    String from = here ? file : viewpoint;
    return Proximity.order(program.linked(from), all, NameIndex.In::file);
  }
}
