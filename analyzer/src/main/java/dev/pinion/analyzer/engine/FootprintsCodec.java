// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FactsReader;
import dev.pinion.analyzer.facts.FactsWriter;
import dev.pinion.analyzer.query.Footprints;
import java.util.List;

/** The byte form of footprints. */
final class FootprintsCodec {
  private FootprintsCodec() {}

  static void write(Footprints footprints, FactsWriter out) {
    out.number(footprints.inputs().length);
    for (int input : footprints.inputs()) {
      out.fixed(input); // All its bits say something.
    }
    out.number(footprints.size());
    for (int part = 0; part < footprints.size(); part++) {
      ascending(footprints.inputsOf(part), out);
      ascending(footprints.partsOf(part), out);
    }
    out.number(footprints.answers());
    for (int answer = 0; answer < footprints.answers(); answer++) {
      out.number(footprints.partOf(answer));
    }
    out.list(
        footprints.settled(),
        s -> {
          fixed(s.name(), out);
          fixed(s.digest(), out);
          out.number(s.part());
        });
  }

  private static void fixed(long number, FactsWriter out) {
    out.fixed((int) (number >>> Integer.SIZE));
    out.fixed((int) number);
  }

  private static long fixed(FactsReader in) {
    return ((long) in.fixed() << Integer.SIZE) | (in.fixed() & 0xffff_ffffL);
  }

  private static void ascending(int[] numbers, FactsWriter out) {
    out.number(numbers.length);
    int last = 0;
    for (int number : numbers) {
      out.number(number - last);
      last = number;
    }
  }

  static Footprints read(FactsReader in) {
    int[] inputs = new int[in.number()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = in.fixed();
    }
    int[][] inputsOf = new int[in.number()][];
    int[][] partsOf = new int[inputsOf.length][];
    for (int part = 0; part < inputsOf.length; part++) {
      inputsOf[part] = ascending(in);
      partsOf[part] = ascending(in);
    }
    int[] partOf = new int[in.number()];
    for (int answer = 0; answer < partOf.length; answer++) {
      partOf[answer] = in.number();
    }
    List<Footprints.Settled> settled =
        in.list(() -> new Footprints.Settled(fixed(in), fixed(in), in.number()));
    return new Footprints(inputs, inputsOf, partsOf, partOf, settled);
  }

  private static int[] ascending(FactsReader in) {
    int[] numbers = new int[in.number()];
    int last = 0;
    for (int i = 0; i < numbers.length; i++) {
      last += in.number();
      numbers[i] = last;
    }
    return numbers;
  }
}
