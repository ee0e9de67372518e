// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.cli.Surroundings.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Entry point of {@code pinion}. */
public final class Main {
  private static final int BUFFER = 1 << 16;

  private Main() {}

  /** Runs one command and ends the process with its {@link ExitStatus}. */
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Interrupt interrupt = Interrupt.install();
    int status =
        CommandTree.run(
            new Surroundings(
                System.in,
                out,
                err,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                terminal("out"),
                terminal("err"),
                interrupt),
            args);
    out.flush();
    err.flush();
    interrupt.finished(status);
    System.exit(status);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        /* autoFlush= */ descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }

  /** Java 17 cannot ask about one stream, the launcher can, and tells. */
  private static Terminal terminal(String stream) {
    return Boolean.getBoolean("pinion.terminal." + stream) ? Terminal.YES : Terminal.NO;
  }
}
