// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.Answer.Unknown;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.FunctionFacts;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Declarations;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the names that people type mean in a program. */
final class Names {
  private final Program program;

  Names(Program program) {
    this.program = program;
  }

  /**
   * A member as typed.
   *
   * @param tag without the file
   * @param file of the struct's definition; empty for any
   */
  record TypedField(String tag, String file, String field) {
    /**
     * Reads {@code kvm_device.vm_node}, {@code struct kvm_device.vm_node}, {@code
     * kvm_device->vm_node} and {@code kvm_device@include/linux/kvm_host.h.vm_node}; empty if it is
     * none of these.
     */
    static Optional<TypedField> parse(String typed) {
      String text = withoutKeyword(typed).replace("->", ".");
      int at = text.indexOf('@');
      int dot = at < 0 ? text.indexOf('.') : text.lastIndexOf('.');
      if (dot <= 0 || dot == text.length() - 1) {
        return Optional.empty();
      }
      String tag = text.substring(0, at < 0 ? dot : at);
      String file = at < 0 ? "" : text.substring(at + 1, dot);
      return Optional.of(new TypedField(tag, file, text.substring(dot + 1)));
    }
  }

  private static String withoutKeyword(String typed) {
    return typed.strip().replaceFirst("^(struct|union)\\s+", "");
  }

  /** A member of the program. */
  record KnownField(FieldRef field, Location struct, CType type) {}

  /** All members that are meant, one for each definition of the struct; none if it is unknown. */
  List<KnownField> fields(TypedField typed) {
    List<KnownField> all = new ArrayList<>();
    Set<FieldRef> seen = new HashSet<>();
    for (Types.StructDefinition definition : program.types().structs(typed.tag(), typed.file())) {
      if (!typed.file().isEmpty() && !typed.file().equals(definition.file())) {
        continue;
      }
      program
          .types()
          .memberOf(typed.tag(), definition.file(), typed.field())
          .filter(p -> p.file().equals(definition.file()))
          .ifPresent(
              place ->
                  place
                      .field()
                      .filter(seen::add)
                      .ifPresent(
                          f ->
                              all.add(
                                  new KnownField(
                                      f,
                                      Location.of(
                                          definition.file(), definition.struct().position()),
                                      place.type()))));
    }
    return all;
  }

  <T> Unknown<T> unknownField(String typed, TypedField field) {
    List<Types.StructDefinition> structs = program.types().structs(field.tag(), field.file());
    if (structs.isEmpty()) {
      return new Unknown<>("no struct '" + field.tag() + "'", Nearby.of(field.tag(), tags()));
    }
    Set<String> members = new TreeSet<>();
    structs.forEach(s -> s.struct().members().forEach(m -> members.add(m.name())));
    members.remove("");
    return new Unknown<>(
        "no member '" + field.field() + "' in struct '" + field.tag() + "'",
        Nearby.of(field.field(), members).stream().map(m -> field.tag() + "." + m).toList());
  }

  /** The tag as typed, without keyword; {@code tag@file} keeps its file. */
  static String tag(String typed) {
    return withoutKeyword(typed);
  }

  Collection<String> tags() {
    Set<String> tags = new HashSet<>();
    for (String path : program.paths()) {
      for (Declarations.Struct s : program.file(path).structs()) {
        tags.add(s.tag());
      }
    }
    return tags;
  }

  /** Functions named {@code NAME} or {@code FILE:NAME}, in path order. */
  List<FunctionRef> functions(String typed) {
    int colon = typed.lastIndexOf(':');
    String name = typed.substring(colon + 1).replaceFirst("\\(\\)$", "");
    List<FunctionRef> all = program.functions(name);
    return colon < 0
        ? all
        : all.stream().filter(f -> f.file().equals(typed.substring(0, colon))).toList();
  }

  <T> Unknown<T> unknownFunction(String typed) {
    Set<String> names = new HashSet<>();
    for (String path : program.paths()) {
      for (FunctionFacts f : program.file(path).functions()) {
        names.add(f.name());
      }
    }
    String name = typed.substring(typed.lastIndexOf(':') + 1);
    List<FunctionRef> elsewhere = program.functions(name);
    return elsewhere.isEmpty()
        ? new Unknown<>("no function '" + typed + "'", Nearby.of(name, names))
        : new Unknown<>("no function '" + typed + "'", places(elsewhere));
  }

  /** A name that too many functions have to answer for all of them. */
  <T> Unknown<T> ambiguous(String typed, List<FunctionRef> all) {
    return new Unknown<>(
        "'" + typed + "' is defined " + all.size() + " times; name one as FILE:" + typed,
        places(all));
  }

  private static List<String> places(List<FunctionRef> all) {
    return all.stream().limit(5).map(f -> f.file() + ":" + f.name()).toList();
  }
}
