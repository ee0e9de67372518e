// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.WorkspaceJob;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;

/**
 * Writes the markers of files, in the order in which they were said. A marker whose finding is
 * still there stays, so that nothing blinks and no selection is lost while somebody types.
 */
final class Markers extends WorkspaceJob {
  private final Map<IFile, List<Problem>> pending = new LinkedHashMap<>();

  Markers() {
    super("Pinion: findings");
    setSystem(true);
  }

  /** Shows these findings in a file, and no others. */
  void show(IFile file, List<Problem> problems) {
    synchronized (pending) {
      pending.put(file, List.copyOf(problems));
    }
    schedule();
  }

  @Override
  public IStatus runInWorkspace(IProgressMonitor monitor) throws CoreException {
    for (Optional<Map.Entry<IFile, List<Problem>>> next = next(); next.isPresent(); next = next()) {
      if (next.get().getKey().isAccessible()) {
        write(next.get().getKey(), next.get().getValue());
      }
    }
    return Status.OK_STATUS;
  }

  private Optional<Map.Entry<IFile, List<Problem>>> next() {
    synchronized (pending) {
      Optional<IFile> file = pending.keySet().stream().findFirst();
      return file.map(f -> Map.entry(f, pending.remove(f)));
    }
  }

  private static void write(IFile file, List<Problem> problems) throws CoreException {
    List<IMarker> old =
        new ArrayList<>(List.of(file.findMarkers(Problem.MARKER, false, IResource.DEPTH_ZERO)));
    List<Problem> left = new ArrayList<>(problems);
    // Those that are the same first, lest one of two alike takes the place of the other.
    for (Problem same : List.copyOf(left)) {
      if (take(old, same, (m, p) -> attributes(m).equals(p.attributes())).isPresent()) {
        left.remove(same);
      }
    }
    for (Problem moved : List.copyOf(left)) {
      Optional<IMarker> marker =
          take(old, moved, (m, p) -> m.getAttribute(IMarker.MESSAGE, "").equals(p.message()));
      if (marker.isPresent()) {
        marker.get().setAttributes(moved.attributes());
        left.remove(moved);
      }
    }
    for (IMarker gone : old) {
      gone.delete();
    }
    for (Problem fresh : left) {
      file.createMarker(Problem.MARKER, fresh.attributes());
    }
  }

  private static Optional<IMarker> take(
      List<IMarker> markers, Problem problem, BiPredicate<IMarker, Problem> alike) {
    Optional<IMarker> found = markers.stream().filter(m -> alike.test(m, problem)).findFirst();
    found.ifPresent(markers::remove);
    return found;
  }

  private static Map<String, Object> attributes(IMarker marker) {
    try {
      Map<String, Object> attributes = marker.getAttributes();
      return attributes == null ? Map.of() : attributes;
    } catch (CoreException e) {
      // Somebody has deleted it meanwhile.
      return Map.of();
    }
  }
}
