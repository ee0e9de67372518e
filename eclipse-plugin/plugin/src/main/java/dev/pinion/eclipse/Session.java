// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse;

import com.google.gson.JsonObject;
import dev.pinion.eclipse.server.Editor;
import dev.pinion.eclipse.server.Executable;
import dev.pinion.eclipse.server.Lines;
import dev.pinion.eclipse.server.OpenText;
import dev.pinion.eclipse.server.Server;
import dev.pinion.eclipse.server.TreeRoot;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.ui.PlatformUI;

/**
 * What goes on between the workbench and its servers: one for each tree that an open file is of, as
 * long as the workbench lives. One tree's trouble is not another's.
 */
final class Session implements Editor {
  /** A page of preferences sets one after the other; what comes so close is one change. */
  private static final long SETTLING_MILLIS = 200;

  /** An open file. */
  private record Open(IFile file, OpenText text, Path root) {}

  private final IPreferenceStore store;
  private final Log log;
  private final BufferWatch buffers = new BufferWatch(this);
  private final Markers markers = new Markers();
  private final ProgressJobs progress = new ProgressJobs();
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private final Job configuring =
      Job.createSystem(
          "Pinion: settings",
          monitor -> {
            configure();
          });
  private final IPropertyChangeListener listener = event -> configuring.schedule(SETTLING_MILLIS);

  // Guarded by this.
  private final Map<Path, Server> servers = new LinkedHashMap<>();
  private Settings settings;
  private boolean complained;
  private boolean over;

  Session(IPreferenceStore store, Log log) {
    this.store = store;
    this.log = log;
    this.settings = Settings.of(store);
  }

  /** Begins to listen; what is open already is looked at soon. */
  void begin() {
    store.addPropertyChangeListener(listener);
    PlatformUI.getWorkbench().getDisplay().asyncExec(buffers::begin);
  }

  /** Ends all servers; waits some seconds at most. */
  void close() {
    store.removePropertyChangeListener(listener);
    configuring.cancel();
    buffers.end();
    List<Server> ending;
    synchronized (this) {
      over = true;
      ending = List.copyOf(servers.values());
      servers.clear();
    }
    end(ending);
  }

  /** A file is open from now on. */
  void opened(IFile file, OpenText text) {
    IPath location = Objects.requireNonNull(file.getLocation(), "location");
    IPath project = file.getProject().getLocation();
    Path path = location.toFile().toPath();
    Path parent = Objects.requireNonNull(path.getParent(), "folder");
    Path root = TreeRoot.around(path, project == null ? parent : project.toFile().toPath());
    // Of two projects that have the same file the first one shows what is found in it.
    if (open.putIfAbsent(text.uri(), new Open(file, text, root)) == null) {
      server(root).ifPresent(server -> server.opened(text));
    }
  }

  /** An open file has changed. */
  void changed(OpenText text, OpenText.Change change) {
    of(text).ifPresent(server -> server.changed(text.uri(), change));
  }

  /** An open file has been saved. */
  void saved(OpenText text) {
    of(text).ifPresent(server -> server.saved(text.uri()));
  }

  /** A file is not open any more. */
  void closed(OpenText text) {
    of(text).ifPresent(server -> server.closed(text.uri()));
    synchronized (open) {
      Open known = open.get(text.uri());
      if (known != null && known.text() == text) {
        open.remove(text.uri());
        markers.show(known.file(), List.of());
      }
    }
  }

  /** The server that an open file is known to, if there is one. */
  Optional<Server> of(String uri) {
    Open document = open.get(uri);
    synchronized (this) {
      return document == null
          ? Optional.empty()
          : Optional.ofNullable(servers.get(document.root()));
    }
  }

  /** The version of an open file as its server knows it; empty for one that is not open. */
  Optional<Integer> version(String uri) {
    return Optional.ofNullable(open.get(uri)).map(document -> document.text().version());
  }

  /** Writes a line into the workbench's log. */
  Log log() {
    return log;
  }

  @Override
  public synchronized JsonObject settings() {
    return settings.forServer();
  }

  @Override
  public void published(PublishDiagnosticsParams params) {
    Open document = open.get(params.getUri());
    if (document == null) {
      return;
    }
    OpenText.State state = document.text().state();
    if (params.getVersion() != null && params.getVersion() != state.version()) {
      // What is said of the newer one is on its way.
      return;
    }
    Lines lines = new Lines(state.text());
    List<Problem> problems =
        params.getDiagnostics().stream().map(found -> Problem.of(found, lines)).toList();
    synchronized (open) {
      // It may have been closed meanwhile, and nobody would take its markers away again.
      if (document.equals(open.get(params.getUri()))) {
        markers.show(document.file(), problems);
      }
    }
  }

  @Override
  public void forgotten(List<String> uris) {
    for (String uri : uris) {
      Open document = open.get(uri);
      if (document != null) {
        markers.show(document.file(), List.of());
      }
    }
  }

  @Override
  public void progress(String key, WorkDoneProgressNotification step, Runnable cancel) {
    progress.step(key, step, cancel);
  }

  @Override
  public void note(String line) {
    log.say(IStatus.INFO, line);
  }

  @Override
  public void problem(String line) {
    log.say(IStatus.ERROR, line);
  }

  private Optional<Server> of(OpenText text) {
    Open known = open.get(text.uri());
    return known == null || known.text() != text ? Optional.empty() : of(text.uri());
  }

  /** The server of a tree, made if need be; empty if there is to be none. */
  private synchronized Optional<Server> server(Path root) {
    Server server = servers.get(root);
    if (server != null || over || !settings.enabled()) {
      return Optional.ofNullable(server);
    }
    Executable executable =
        Executable.find(
            settings.executable(), Objects.requireNonNullElse(System.getenv("PATH"), ""));
    if (executable.path().isEmpty()) {
      if (!complained) {
        complained = true;
        problem(executable.problem());
      }
      return Optional.empty();
    }
    Server made = new Server(List.of(executable.path().get().toString(), "lsp"), root, this);
    servers.put(root, made);
    return Optional.of(made);
  }

  private void configure() {
    List<Server> ending;
    synchronized (this) {
      Settings before = settings;
      settings = Settings.of(store);
      if (over || settings.equals(before)) {
        return;
      }
      if (!settings.needOthersThan(before)) {
        servers.values().forEach(Server::configured);
        return;
      }
      ending = List.copyOf(servers.values());
      servers.clear();
      complained = false;
    }
    // First, so that what they still say comes before what is said of the new ones.
    end(ending);
    for (Open document : open.values()) {
      Optional<Server> server = server(document.root());
      if (server.isPresent()) {
        server.get().opened(document.text());
      } else {
        markers.show(document.file(), List.of());
      }
    }
  }

  private static void end(Collection<Server> servers) {
    servers.parallelStream().forEach(Server::close);
  }
}
