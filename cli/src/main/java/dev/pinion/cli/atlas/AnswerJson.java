// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.atlas;

import com.google.gson.stream.JsonWriter;
import dev.pinion.analyzer.atlas.Place;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.cli.format.Json;
import dev.pinion.cli.report.TreeName;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;

/**
 * Answers for programs. An answer's record is its form: components become members in their order,
 * constants lower-case words with dashes. A component named {@code place} or {@code location} gives
 * {@code file}, {@code line}, {@code column} (and {@code function}) to the object around it. One
 * case of several says which in {@code kind}.
 */
public final class AnswerJson {
  private AnswerJson() {}

  /**
   * The whole document.
   *
   * @param version of the tool
   * @param noun what was asked, {@code field}
   * @param name about what
   * @param answers records
   */
  public static String document(
      String version, TreeName tree, String noun, String name, List<?> answers) {
    return Json.text(
        json -> {
          json.beginObject();
          json.name("tool").beginObject();
          json.name("name").value("pinion").name("version").value(version);
          json.endObject();
          json.name("tree").beginObject();
          json.name("root").value(tree.root());
          json.name("rev").value(tree.rev().orElse(null));
          json.name("kernelVersion").value(tree.kernelVersion().orElse(null));
          json.endObject();
          json.name("question").beginObject();
          json.name("noun").value(noun).name("name").value(name);
          json.endObject();
          json.name("answers");
          value(answers, json);
          json.endObject();
        });
  }

  private static void value(Object value, JsonWriter json) throws IOException {
    if (value instanceof String text) {
      json.value(text);
    } else if (value instanceof Integer number) {
      json.value(number);
    } else if (value instanceof Enum<?> constant) {
      json.value(word(constant));
    } else if (value instanceof Iterable<?> items) {
      json.beginArray();
      for (Object item : items) {
        value(item, json);
      }
      json.endArray();
    } else if (value instanceof Record record) {
      json.beginObject();
      members(record, json);
      json.endObject();
    } else {
      throw new IllegalArgumentException("no form for " + value.getClass());
    }
  }

  private static void members(Record record, JsonWriter json) throws IOException {
    Class<?>[] interfaces = record.getClass().getInterfaces();
    for (Class<?> family : interfaces) {
      if (family.isSealed()) {
        String name = record.getClass().getSimpleName();
        json.name("kind").value(name.replaceFirst("^Of", "").toLowerCase(Locale.ROOT));
      }
    }
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = read(component, record);
      if (value instanceof Location location && component.getName().equals("location")) {
        members(location, json);
      } else if (value instanceof Place place && component.getName().equals("place")) {
        members(place, json);
      } else {
        json.name(component.getName());
        value(value, json);
      }
    }
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record has a public accessor", e);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
