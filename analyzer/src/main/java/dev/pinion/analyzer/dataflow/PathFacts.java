// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What one path through a function knows: which value each place holds, and what is known of the
 * values. A value has a name that says where it comes from: {@code in:dev} is what {@code dev} held
 * on entry, {@code <7>} what instruction 7 gave. Places of objects are named by the value that
 * points to them, so that {@code a->x} and {@code b->x} are one place when {@code a} and {@code b}
 * hold the same value, and two copies of one pointer learn from each other's tests.
 *
 * <p>Immutable. Calls are taken to leave objects alone unless they are given a place's address.
 *
 * @param places the value each place holds; a place that is missing holds what it held on entry
 * @param known by value
 */
public record PathFacts(SortedMap<String, String> places, SortedMap<String, Known> known) {
  /** Longer names mean that a loop builds them; they are cut off. */
  private static final int MAX_NAME = 96;

  private static final String NOT = "(! ";

  public static final PathFacts NONE = new PathFacts(new TreeMap<>(), new TreeMap<>());

  /** The name of the value that an instruction gives. */
  public static String valueOf(int instruction) {
    return "<" + instruction + ">";
  }

  /** The place that a path names. */
  public String place(AccessPath path) {
    return place(path, path.steps().size());
  }

  private String place(AccessPath path, int steps) {
    if (steps == 0) {
      return path.root();
    }
    Step step = path.steps().get(steps - 1);
    if (step instanceof Step.Dot dot) {
      return place(path, steps - 1) + "." + dot.name();
    }
    if (step instanceof Step.Index) {
      return place(path, steps - 1) + "[]";
    }
    String pointer = held(place(path, steps - 1));
    boolean address = pointer.startsWith("&");
    if (step instanceof Step.Arrow arrow) {
      return address ? pointer.substring(1) + "." + arrow.name() : pointer + "->" + arrow.name();
    }
    return address ? pointer.substring(1) : pointer + "->*";
  }

  /** The value that a place holds. */
  public String held(String place) {
    return places.getOrDefault(place, "in:" + place);
  }

  /** What the names of the places inside the object start with that a pointer's value points to. */
  public static String inside(String pointer) {
    return pointer.startsWith("&") ? pointer.substring(1) + "." : pointer + "->";
  }

  /**
   * The same for that object and for all that can be reached from it, as far as this path has
   * stored the pointers: after {@code dev->dvb = dvb}, what is inside of {@code dvb} is reachable
   * from {@code dev}.
   */
  public Set<String> reachable(String pointer) {
    Set<String> insides = new TreeSet<>();
    List<String> work = new ArrayList<>(List.of(pointer));
    while (!work.isEmpty()) {
      String inside = inside(work.remove(work.size() - 1));
      if (!insides.add(inside)) {
        continue;
      }
      for (Map.Entry<String, String> e : places.entrySet()) {
        boolean pointsOn = !e.getValue().startsWith("#") && !e.getValue().startsWith("(");
        if (pointsOn && e.getKey().startsWith(inside)) {
          work.add(e.getValue());
        }
      }
    }
    return insides;
  }

  /** The value of an expression. */
  public String value(Value value) {
    if (value instanceof Value.Load load) {
      return held(place(load.path()));
    }
    if (value instanceof Value.AddressOf address) {
      return "&" + place(address.path());
    }
    if (value instanceof Value.Constant constant) {
      return "#" + constant.value();
    }
    if (value instanceof Value.ContainerOf entry) {
      return "of(" + value(entry.inner()) + "," + entry.type() + "." + entry.member() + ")";
    }
    if (value instanceof Value.Compound compound) {
      StringBuilder text = new StringBuilder("(").append(compound.operator());
      for (Value operand : compound.operands()) {
        text.append(' ').append(value(operand));
      }
      return text.append(')').toString();
    }
    return value.toString();
  }

  /** What is known of a value. */
  public Known known(String value) {
    Known fact = known.get(value);
    if (fact != null) {
      return fact;
    }
    if (value.startsWith("#")) {
      return Known.number(Long.parseLong(value.substring(1)));
    }
    if (value.startsWith("&") || value.startsWith("\"")) {
      return Known.NON_ZERO;
    }
    if (value.startsWith("of(")) {
      return Known.PRESENT; // A member's container.
    }
    if (value.startsWith(NOT)) {
      return known(negated(value)).not();
    }
    return isErrorCode(value) ? Known.errorPointer(true) : Known.NOTHING;
  }

  /** Whether it is {@code !} of another value. */
  static boolean isNegation(String value) {
    return value.startsWith(NOT);
  }

  /** The value of which it is the negation. */
  static String negated(String value) {
    return value.substring(NOT.length(), value.length() - 1);
  }

  /**
   * {@code -EINVAL}, {@code ERR_PTR(-EINVAL)}, {@code PTR_ERR(p)}: nobody asks for it otherwise.
   */
  private static boolean isErrorCode(String value) {
    return value.startsWith("(- in:E")
        || value.startsWith("(ERR_PTR ")
        || value.startsWith("(PTR_ERR ");
  }

  /** After the place has been given a value. Parts of the place are forgotten. */
  public PathFacts store(String place, String value) {
    SortedMap<String, String> more = new TreeMap<>(places);
    more.keySet().removeIf(p -> isPartOf(p, place));
    more.put(place, value);
    return new PathFacts(more, known);
  }

  private static boolean isPartOf(String part, String whole) {
    return part.length() > whole.length()
        && part.startsWith(whole)
        && (part.charAt(whole.length()) == '.' || part.charAt(whole.length()) == '[');
  }

  /**
   * After {@code target = value} by that instruction. A value that is made from the target's old
   * one, as in {@code p = p->next}, gets a name of its own, so that loops come to an end.
   */
  public PathFacts assign(AccessPath target, Value value, int instruction) {
    String place = place(target);
    String old = held(place);
    String name = value(value);
    boolean grows = name.length() > old.length() && name.contains(old);
    if (grows || name.length() > MAX_NAME) {
      return define(instruction).store(place, valueOf(instruction));
    }
    return store(place, name);
  }

  /** After {@code place = } something new that the instruction gives. */
  public PathFacts assignNew(AccessPath target, int instruction) {
    PathFacts fresh = define(instruction);
    return fresh.store(fresh.place(target), valueOf(instruction));
  }

  /** Forgets what an earlier run of the instruction, in a loop, has given. */
  public PathFacts define(int instruction) {
    String name = valueOf(instruction);
    boolean mentioned =
        known.keySet().stream().anyMatch(v -> v.contains(name))
            || places.entrySet().stream()
                .anyMatch(e -> e.getKey().contains(name) || e.getValue().contains(name));
    if (!mentioned) {
      return this;
    }
    SortedMap<String, String> otherPlaces = new TreeMap<>(places);
    otherPlaces.entrySet().removeIf(e -> e.getKey().contains(name) || e.getValue().contains(name));
    SortedMap<String, Known> otherKnown = new TreeMap<>(known);
    otherKnown.keySet().removeIf(v -> v.contains(name));
    return new PathFacts(otherPlaces, otherKnown);
  }

  /** With what is known of a value replaced. */
  public PathFacts with(String value, Known fact) {
    SortedMap<String, Known> more = new TreeMap<>(known);
    more.put(value, fact);
    return new PathFacts(places, more);
  }

  /** With only those facts about values, and those constants in places, that are worth keeping. */
  public PathFacts keeping(Predicate<String> value) {
    SortedMap<String, Known> fewer = new TreeMap<>();
    for (Map.Entry<String, Known> e : known.entrySet()) {
      if (value.test(e.getKey())) {
        fewer.put(e.getKey(), e.getValue());
      }
    }
    SortedMap<String, String> fewerPlaces = new TreeMap<>(places);
    fewerPlaces.values().removeIf(v -> v.startsWith("#") && !value.test(v));
    return new PathFacts(fewerPlaces, fewer);
  }
}
