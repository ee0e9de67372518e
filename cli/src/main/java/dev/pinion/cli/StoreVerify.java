// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.store.StoreCheck;
import dev.pinion.cli.StoreOptions.StateFormat;
import dev.pinion.cli.format.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pinion store verify}: whether all is as it was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reads all of a store and checks it; exits with 1 if something is damaged.")
final class StoreVerify implements Callable<Integer> {
  private final Surroundings here;

  @Mixin private StoreOptions options = new StoreOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private StateFormat format = StateFormat.TEXT;

  StoreVerify(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws BadInput {
    StoreCheck check = options.run(here, StoreCheck::run);
    here.out()
        .print(
            switch (format) {
              case TEXT -> text(check);
              case JSON -> Json.text(json -> write(check, json));
            });
    return check.damaged().isEmpty() ? ExitStatus.OK : ExitStatus.FINDINGS;
  }

  private static String text(StoreCheck check) {
    StringBuilder text = new StringBuilder();
    for (StoreCheck.Damage damage : check.damaged()) {
      text.append(
          "%s: %s; remove the file, what it held is computed again\n"
              .formatted(damage.segment(), damage.what()));
    }
    for (Path segment : check.unfinished()) {
      text.append(
          "%s: ends in a part of an entry: a process is writing it, or was killed, and the next scan tidies up\n"
              .formatted(segment));
    }
    for (Path version : check.unchecked()) {
      text.append(
          "%s: is of another form and was not checked; `pinion store prune --old-versions` removes it\n"
              .formatted(version));
    }
    text.append(
        "%d entries in %s are as they were written; damaged files: %d\n"
            .formatted(check.entries(), Sizes.text(check.bytes()), check.damaged().size()));
    return text.toString();
  }

  private static void write(StoreCheck check, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("entries").value(check.entries());
    json.name("bytes").value(check.bytes());
    json.name("damaged").beginArray();
    for (StoreCheck.Damage damage : check.damaged()) {
      json.beginObject();
      json.name("file").value(damage.segment().toString());
      json.name("what").value(damage.what());
      json.endObject();
    }
    json.endArray();
    paths("unfinished", check.unfinished(), json);
    paths("unchecked", check.unchecked(), json);
    json.endObject();
  }

  private static void paths(String name, List<Path> paths, JsonWriter json) throws IOException {
    json.name(name).beginArray();
    for (Path path : paths) {
      json.value(path.toString());
    }
    json.endArray();
  }
}
