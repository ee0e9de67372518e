// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.engine.StoredKinds;
import dev.pinion.analyzer.store.StoreContents;
import dev.pinion.analyzer.store.StoreContents.Amount;
import dev.pinion.analyzer.store.StoreContents.Version;
import dev.pinion.analyzer.store.StoreLimit;
import dev.pinion.cli.StoreOptions.StateFormat;
import dev.pinion.cli.format.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pinion store info}: what is kept, and how much of it. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = dev.pinion.cli.Version.class,
    description =
        "Prints what a store has: versions of the analyzer, entries by kind, bytes, last use.")
final class StoreInfo implements Callable<Integer> {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Surroundings here;

  @Mixin private StoreOptions options = new StoreOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private StateFormat format = StateFormat.TEXT;

  StoreInfo(Surroundings here) {
    this.here = here;
  }

  /** All that is to be told. */
  private record State(
      Path folder, StoreLimit limit, String current, StoreContents facts, List<SideFiles> others) {
    boolean isCurrent(Version version) {
      return version.isOf(current);
    }

    long bytes() {
      return facts.bytes() + others.stream().mapToLong(SideFiles::bytes).sum();
    }
  }

  @Override
  public Integer call() throws BadInput {
    StoreLimit limit = StoreFolder.limit(Optional.empty(), here);
    State state =
        options.run(
            here,
            folder ->
                new State(
                    folder,
                    limit,
                    FactsVersion.current(),
                    StoreContents.of(folder),
                    SideFiles.all(folder)));
    here.out()
        .print(
            switch (format) {
              case TEXT -> text(state);
              case JSON -> Json.text(json -> write(state, json));
            });
    return ExitStatus.OK;
  }

  private static String text(State state) {
    StringBuilder text = new StringBuilder();
    text.append("store  ").append(state.folder()).append('\n');
    text.append("size   ").append(Sizes.text(state.bytes()));
    text.append(" of ").append(Sizes.text(state.limit())).append('\n');
    for (Version version : state.facts().versions()) {
      text.append('\n').append(version.folder().getFileName());
      text.append(state.isCurrent(version) ? "  (this version)\n" : "  (another version)\n");
      line(text, "last used", "", MINUTES.format(version.lastUsed()));
      line(text, "segments", Integer.toString(version.segments()), Sizes.text(version.bytes()));
      for (Map.Entry<Integer, Amount> kind : version.kinds().entrySet()) {
        Amount amount = kind.getValue();
        line(
            text,
            StoredKinds.name(kind.getKey()),
            Long.toString(amount.entries()),
            Sizes.text(amount.bytes()));
      }
    }
    text.append('\n');
    for (SideFiles others : state.others()) {
      text.append(
          "%-11s %9d  %s\n"
              .formatted(others.folder(), others.files().size(), Sizes.text(others.bytes())));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String count, String value) {
    text.append("  %-9s %9s  %s\n".formatted(name, count, value));
  }

  private static void write(State state, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("folder").value(state.folder().toString());
    json.name("bytes").value(state.bytes());
    json.name("limit");
    if (state.limit().equals(StoreLimit.NONE)) {
      json.nullValue();
    } else {
      json.value(state.limit().bytes());
    }
    json.name("versions").beginArray();
    for (Version version : state.facts().versions()) {
      write(version, state.isCurrent(version), json);
    }
    json.endArray();
    for (SideFiles others : state.others()) {
      json.name(others.folder()).beginObject();
      json.name("files").value(others.files().size());
      json.name("bytes").value(others.bytes()).endObject();
    }
    json.endObject();
  }

  private static void write(Version version, boolean current, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("folder").value(String.valueOf(version.folder().getFileName()));
    json.name("current").value(current);
    json.name("lastUsed").value(Instant.ofEpochSecond(version.lastUsed().getEpochSecond()) + "");
    json.name("segments").value(version.segments());
    json.name("bytes").value(version.bytes());
    json.name("kinds").beginArray();
    for (Map.Entry<Integer, Amount> kind : version.kinds().entrySet()) {
      json.beginObject();
      json.name("kind").value(StoredKinds.name(kind.getKey()));
      json.name("entries").value(kind.getValue().entries());
      json.name("bytes").value(kind.getValue().bytes());
      json.endObject();
    }
    json.endArray().endObject();
  }
}
