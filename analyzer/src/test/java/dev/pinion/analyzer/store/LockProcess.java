// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Another process that goes on where {@link SegmentWriter#create} has made a file and is about to
 * lock it. Its argument is the file; it prints whether it got the lock.
 */
final class LockProcess {
  private LockProcess() {}

  public static void main(String[] arguments) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(arguments[0], "rw")) {
      System.out.println(FileClaim.lock(file.getChannel()) ? "locked" : "refused");
    }
  }

  /** What such a process prints. */
  static String run(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(StoreProcess.java(LockProcess.class, file.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
