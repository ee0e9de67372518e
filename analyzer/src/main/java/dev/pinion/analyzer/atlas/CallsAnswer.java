// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Location;
import java.util.List;

/** Who calls whom: about a function, or about a member that functions stand in. */
public sealed interface CallsAnswer {
  /**
   * The ways into and out of a function.
   *
   * @param definition where it is
   * @param callers direct calls, in path order
   * @param handouts how else its address gets to someone who calls it, in path order
   * @param lookups where it is taken by name at run time, {@code symbol_get}
   * @param throughSlots the members it stands in, with those who call through them
   * @param callees in source order
   */
  record OfFunction(
      Place definition,
      List<Caller> callers,
      List<Handout> handouts,
      List<Handout> lookups,
      List<OfSlot> throughSlots,
      List<Callee> callees)
      implements CallsAnswer {
    public OfFunction {
      callers = List.copyOf(callers);
      handouts = List.copyOf(handouts);
      lookups = List.copyOf(lookups);
      throughSlots = List.copyOf(throughSlots);
      callees = List.copyOf(callees);
    }
  }

  /**
   * A member of a struct through which functions are called.
   *
   * @param slot as people write it, {@code struct kvm_device_ops.destroy}
   * @param struct where the struct is defined; the first line of nowhere if it is not
   * @param implementations functions that are stored in it, by path
   * @param callers who calls through it
   */
  record OfSlot(String slot, Location struct, List<Place> implementations, List<Caller> callers)
      implements CallsAnswer {
    public OfSlot {
      implementations = List.copyOf(implementations);
      callers = List.copyOf(callers);
    }
  }

  /** Whether a place is that of a call. */
  enum Precision {
    /** The call itself. */
    CALL,
    /** There are many callers: the calling function's definition. */
    FUNCTION
  }

  /** One call, or one calling function. */
  record Caller(Place place, Precision precision) implements Comparable<Caller> {
    @Override
    public int compareTo(Caller other) {
      int order = place.compareTo(other.place);
      return order != 0 ? order : precision.compareTo(other.precision);
    }
  }

  /**
   * A place where a function's address is given away.
   *
   * @param place where
   * @param slot the member it is stored in; empty if it is passed to someone
   * @param table the ops table it stands in, or empty
   * @param registrar the function or macro it is passed to; empty if it is stored
   * @param argument at which position, or -1
   * @param execution what is known of the calls that follow
   */
  record Handout(
      Place place, String slot, String table, String registrar, int argument, Execution execution)
      implements Comparable<Handout> {
    @Override
    public int compareTo(Handout other) {
      int order = place.compareTo(other.place);
      return order != 0
          ? order
          : (slot + table + registrar + argument)
              .compareTo(other.slot + other.table + other.registrar + other.argument);
    }
  }

  /**
   * In what context the kernel calls a function back.
   *
   * @param as what the function is then, {@code timer}; empty if unknown
   * @param runs {@code process}, {@code softirq}, {@code hardirq} or {@code any}; empty if unknown
   * @param holds what the core holds meanwhile, {@code rtnl_mutex} or {@code rcu}
   */
  record Execution(String as, String runs, List<String> holds) {
    static final Execution UNKNOWN = new Execution("", "", List.of());

    public Execution {
      holds = List.copyOf(holds);
    }
  }

  /** How a callee is named. */
  enum Via {
    /** By its name. */
    NAME,
    /** Through a member of a struct. */
    SLOT,
    /** Through a variable, or a member of unknown type. */
    POINTER
  }

  /**
   * A call that a function makes.
   *
   * @param at where
   * @param via how
   * @param name the callee's name, the member, or the expression
   * @param targets definitions that it may reach; empty if none is known
   */
  record Callee(Location at, Via via, String name, List<Place> targets) {
    public Callee {
      targets = List.copyOf(targets);
    }
  }
}
