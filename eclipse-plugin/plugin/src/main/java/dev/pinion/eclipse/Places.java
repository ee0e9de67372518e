// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import dev.pinion.eclipse.server.Lines;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.lsp4j.Range;
import org.eclipse.ui.IEditorDescriptor;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.editors.text.EditorsUI;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;

/** Files by their URIs, and editors at places in them. */
final class Places {
  private Places() {}

  /** The workspace's file; where several projects have it, the one of the innermost project. */
  static Optional<IFile> file(String uri) {
    IFile[] files =
        ResourcesPlugin.getWorkspace().getRoot().findFilesForLocationURI(URI.create(uri));
    return Arrays.stream(files)
        .filter(IResource::exists)
        .min(Comparator.comparingInt(file -> file.getFullPath().segmentCount()));
  }

  /**
   * Opens an editor and selects a range there; on the workbench's thread.
   *
   * @throws CoreException if there is no such file, or no editor for it
   */
  static void open(String uri, Range range) throws CoreException {
    ITextEditor editor = Adapters.adapt(editor(page(), uri), ITextEditor.class);
    if (editor == null) {
      return;
    }
    IDocument document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
    if (document != null) {
      Lines text = new Lines(document.get());
      int start = text.offset(range.getStart());
      editor.selectAndReveal(start, text.offset(range.getEnd()) - start);
    }
  }

  /**
   * Where editors and views are opened; on the workbench's thread.
   *
   * @throws PartInitException if there is no window
   */
  static IWorkbenchPage page() throws PartInitException {
    IWorkbench workbench = PlatformUI.getWorkbench();
    // While the user looks at another program none is active.
    return Stream.concat(
            Stream.ofNullable(workbench.getActiveWorkbenchWindow()),
            Arrays.stream(workbench.getWorkbenchWindows()))
        .flatMap(window -> Stream.ofNullable(window.getActivePage()))
        .findFirst()
        .orElseThrow(() -> new PartInitException("there is no window of the workbench"));
  }

  private static IEditorPart editor(IWorkbenchPage page, String uri) throws PartInitException {
    try {
      Optional<IFile> file = file(uri);
      return file.isPresent()
          ? IDE.openEditor(page, file.get(), editorFor(file.get()))
          : IDE.openEditorOnFileStore(page, EFS.getStore(URI.create(uri)));
    } catch (PartInitException e) {
      throw e;
    } catch (CoreException e) {
      throw new PartInitException(uri + " cannot be opened", e);
    }
  }

  /** One inside of Eclipse, whatever the desktop would open such files with. */
  private static String editorFor(IFile file) {
    IEditorDescriptor editor = IDE.getDefaultEditor(file);
    return editor == null || !editor.isInternal()
        ? EditorsUI.DEFAULT_TEXT_EDITOR_ID
        : editor.getId();
  }
}
