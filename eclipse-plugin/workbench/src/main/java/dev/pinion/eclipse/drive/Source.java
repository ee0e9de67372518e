// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.drive;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.eclipse.ui.texteditor.ITextEditorActionConstants;
import org.eclipse.ui.texteditor.MarkerAnnotation;

/**
 * A file that is open in an editor, and what is marked there; for the workbench's thread.
 *
 * @param line the one that is looked at, from 1
 */
record Source(IFile file, ITextEditor editor, int line) {
  private static final String MARKER = "dev.pinion.eclipse.finding";

  /** The marker of the line. */
  Optional<IMarker> marker() throws CoreException {
    return Arrays.stream(file.findMarkers(MARKER, false, IResource.DEPTH_ZERO))
        .filter(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0) == line)
        .findFirst();
  }

  boolean isClean() throws CoreException {
    return marker().isEmpty();
  }

  List<IMarkerResolution> resolutions() throws CoreException {
    return List.of(IDE.getMarkerHelpRegistry().getResolutions(marker().orElseThrow()));
  }

  /** The resolution that begins so. */
  IMarkerResolution resolution(String label) throws CoreException {
    return resolutions().stream()
        .filter(resolution -> resolution.getLabel().startsWith(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no resolution begins with " + label));
  }

  /** Does what a resolution does. */
  void resolve(String label) throws CoreException {
    resolution(label).run(marker().orElseThrow());
  }

  /** The text that is underlined for the marker, as the editor shows it. */
  Optional<String> underlined() throws CoreException, BadLocationException {
    IMarker marker = marker().orElseThrow();
    IAnnotationModel model =
        editor.getDocumentProvider().getAnnotationModel(editor.getEditorInput());
    for (Iterator<Annotation> all = model.getAnnotationIterator(); all.hasNext(); ) {
      Annotation annotation = all.next();
      if (annotation instanceof MarkerAnnotation shown && shown.getMarker().equals(marker)) {
        Position position = model.getPosition(annotation);
        return Optional.of(document().get(position.getOffset(), position.getLength()));
      }
    }
    return Optional.empty();
  }

  IDocument document() {
    return editor.getDocumentProvider().getDocument(editor.getEditorInput());
  }

  /** The line as it is in the editor, without blanks around it and the comment behind it. */
  String code() throws BadLocationException {
    return document()
        .get(document().getLineOffset(line - 1), document().getLineLength(line - 1))
        .replaceFirst("//.*", "")
        .strip();
  }

  /** What Ctrl+Z does. */
  void undo() {
    editor.getAction(ITextEditorActionConstants.UNDO).run();
  }
}
