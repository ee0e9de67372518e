// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from side effects that reading a repository does not need. Left to itself it starts
 * {@code git} to find the system's configuration, and on its first use on a file system it measures
 * the resolution of time stamps: for three seconds, by writing files into the user's repository,
 * and with the result going to a configuration file in the home folder.
 */
final class QuietSystemReader extends SystemReader.Delegate {
  private QuietSystemReader(SystemReader reader) {
    super(reader);
  }

  /** Makes JGit use this from now on. */
  static void install() {
    SystemReader current = SystemReader.getInstance();
    if (!(current instanceof QuietSystemReader)) {
      SystemReader.setInstance(new QuietSystemReader(current));
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new NoConfig(fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new NoConfig(fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new NoConfig(fs);
  }

  /** A configuration that is in no file and sets nothing but the resolution of time stamps. */
  private static final class NoConfig extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit takes null for "no file", but does not declare it.
    NoConfig(FS fs) {
      super(null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }

    /** Two seconds, the coarsest there is: JGit then re-reads a file rather than trusts it. */
    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(2, TimeUnit.SECONDS)
          : super.getTimeUnit(section, subsection, name, otherwise, unit);
    }
  }
}
