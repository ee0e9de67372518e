// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.store.FactKind.Packing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that uses a store: arguments are the folder, the first and the last fact to
 * put, and where it matters the limit. Prints the number of each fact once it is put, warnings with
 * {@code !} before them, and {@code done} after closing. What a fact must contain follows from its
 * number, so anyone can check it.
 */
final class StoreProcess {
  static final String VERSION = "test";
  static final Charset CHARSET = Charset.defaultCharset();
  private static final FactKind PLAIN = new FactKind(1, 1, Packing.PLAIN);
  private static final FactKind DEFLATED = new FactKind(2, 1, Packing.DEFLATED);

  private StoreProcess() {}

  public static void main(String[] arguments) {
    int first = Integer.parseInt(arguments[1]);
    int last = Integer.parseInt(arguments[2]);
    StoreLimit limit = arguments.length > 3 ? StoreLimit.parse(arguments[3]) : StoreLimit.DEFAULT;
    try (FactStore store =
        FactStore.open(
            Path.of(arguments[0]), VERSION, limit, line -> System.out.println("! " + line))) {
      for (int number = first; number <= last; number++) {
        if (store.get(id(number), kind(number)).isEmpty()) {
          store.put(id(number), kind(number), fact(number));
        }
        System.out.println(number);
      }
    }
    System.out.println("done");
  }

  /** Starts one that keeps to a limit. */
  static Process start(Path folder, StoreLimit limit, int first, int last) throws IOException {
    List<String> command =
        java(
            StoreProcess.class,
            folder.toString(),
            Integer.toString(first),
            Integer.toString(last),
            Long.toString(limit.bytes()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Starts one; extra words go before the command. */
  static Process start(Path folder, int first, int last, String... before) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(before));
    command.addAll(
        java(
            StoreProcess.class,
            folder.toString(),
            Integer.toString(first),
            Integer.toString(last)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The command that runs a class of the tests in a process of its own. */
  static List<String> java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  static BlobId id(int number) {
    return BlobId.of(ByteBuffer.allocate(4).putInt(number).array());
  }

  static FactKind kind(int number) {
    return number % 2 == 0 ? PLAIN : DEFLATED;
  }

  /** From no byte to 5000; odd ones can be deflated. */
  static byte[] fact(int number) {
    byte[] fact = new byte[(int) (number * 2_654_435_761L % 5000)];
    for (int i = 0; i < fact.length; i++) {
      fact[i] = (byte) (number % 2 == 0 ? number * 31 + i * 17 + ((i * i) >> 3) : number + i / 100);
    }
    return fact;
  }

  /** What the store says of a fact: absent or right. Anything else must never be. */
  static boolean isKnown(FactStore store, int number) {
    Optional<byte[]> fact = store.get(id(number), kind(number));
    if (fact.isPresent() && !Arrays.equals(fact.get(), fact(number))) {
      throw new AssertionError("a wrong fact for " + number);
    }
    return fact.isPresent();
  }
}
