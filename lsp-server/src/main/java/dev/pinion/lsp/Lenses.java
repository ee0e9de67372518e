// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import dev.pinion.analyzer.atlas.FieldAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** A line above each struct member that is a list which readers walk without a lock. */
final class Lenses {
  private final OpenDocument document;
  private final Lines lines;

  Lenses(OpenDocument document) {
    this.document = document;
    this.lines = Lines.of(document.text());
  }

  List<CodeLens> of(List<FieldAnswer> lists) {
    List<CodeLens> lenses = new ArrayList<>();
    for (FieldAnswer list : lists) {
      lineOf(list).ifPresent(line -> lenses.add(lens(list, line)));
    }
    return lenses;
  }

  private CodeLens lens(FieldAnswer list, int line) {
    String name = list.struct() + "." + list.field();
    Range range = new Range(new Position(line, 0), new Position(line, lines.line(line).length()));
    return new CodeLens(
        range,
        new Command(
            AtlasText.summary(list), Commands.ATLAS, List.of(document.uri(), "field", name)),
        null);
  }

  /** The first line from the struct's beginning that declares the member. 0-based. */
  private Optional<Integer> lineOf(FieldAnswer list) {
    String last = list.field().substring(list.field().lastIndexOf('.') + 1);
    Pattern declares = Pattern.compile("\\b" + Pattern.quote(last) + "\\s*[;,\\[:]");
    for (int line = list.definedAt().line() - 1; line < lines.count(); line++) {
      if (declares.matcher(lines.line(line)).find()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
