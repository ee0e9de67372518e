// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.jface.preference.JFacePreferences;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.ViewPart;

/** Shows a page; its links lead into editors, or to the web. */
public final class PageView extends ViewPart {
  private static final String ID = PinionPlugin.ID + ".page";
  private static final Pattern LINE = Pattern.compile("(file:[^#]*)#L(\\d+)");
  private static final int MARGIN = 8;

  private Optional<StyledText> widget = Optional.empty();
  private List<Markdown.Span> spans = List.of();

  /**
   * Shows a page; on the workbench's thread.
   *
   * @throws PartInitException if there is no window that could show it
   */
  static void show(Page page) throws PartInitException {
    if (Places.page().showView(ID) instanceof PageView view) {
      view.fill(page);
    }
  }

  @Override
  public void createPartControl(Composite parent) {
    StyledText text =
        new StyledText(parent, SWT.V_SCROLL | SWT.H_SCROLL | SWT.READ_ONLY | SWT.MULTI);
    text.setFont(JFaceResources.getTextFont());
    text.setMargins(MARGIN, MARGIN, MARGIN, MARGIN);
    text.addListener(
        SWT.MouseUp,
        event -> {
          // Who has selected something wants to copy it.
          if (event.button == 1 && text.getSelectionCount() == 0) {
            int offset = text.getOffsetAtPoint(new Point(event.x, event.y));
            target(offset).ifPresent(this::follow);
          }
        });
    widget = Optional.of(text);
  }

  @Override
  public void setFocus() {
    widget.ifPresent(StyledText::setFocus);
  }

  private void fill(Page page) {
    Markdown markdown = Markdown.of(page.markdown());
    setPartName(page.title());
    spans = markdown.spans();
    widget.ifPresent(
        text -> {
          text.setText(markdown.text());
          // Those of links come last, and stay visible in bold text.
          spans.stream().filter(s -> s.look() != Markdown.Look.LINK).forEach(s -> style(text, s));
          spans.stream().filter(s -> s.look() == Markdown.Look.LINK).forEach(s -> style(text, s));
        });
  }

  private static void style(StyledText text, Markdown.Span span) {
    StyleRange range = new StyleRange();
    range.start = span.start();
    range.length = span.length();
    switch (span.look()) {
      case HEADING, BOLD -> range.fontStyle = SWT.BOLD;
      case CODE ->
          range.foreground = JFaceResources.getColorRegistry().get(JFacePreferences.COUNTER_COLOR);
      case LINK -> {
        range.underline = true;
        range.underlineStyle = SWT.UNDERLINE_LINK;
      }
    }
    text.setStyleRange(range);
  }

  private Optional<String> target(int offset) {
    return spans.stream()
        .filter(s -> s.look() == Markdown.Look.LINK)
        .filter(s -> s.start() <= offset && offset < s.start() + s.length())
        .map(Markdown.Span::target)
        .findFirst();
  }

  private void follow(String target) {
    Matcher place = LINE.matcher(target);
    if (!place.matches()) {
      Program.launch(target);
      return;
    }
    Position start = new Position(Integer.parseInt(place.group(2)) - 1, 0);
    try {
      Places.open(
          place.group(1), new Range(start, new Position(start.getLine(), Integer.MAX_VALUE)));
    } catch (CoreException e) {
      PinionPlugin.session()
          .ifPresent(s -> s.log().say(IStatus.ERROR, "Pinion: " + target + ": " + e.getMessage()));
    }
  }
}
