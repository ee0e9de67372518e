// SPDX-License-Identifier: Apache-2.0
// Finds a Java to run the server with. Knows nothing of VS Code, so that it can be tested alone.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import * as path from 'node:path';

/** The oldest Java the server runs on. */
export const OLDEST_RELEASE = 17;

/** What the search asks of the machine. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly windows: boolean;
  /** Whether there is a file at a path. */
  exists(file: string): boolean;
  /** The feature release of a java executable, 17 for 17.0.15; undefined if it does not run. */
  release(java: string): Promise<number | undefined>;
}

/** A Java that can run the server. */
export interface Java {
  readonly command: string;
  readonly release: number;
  /** Where it was found, for the log. */
  readonly from: string;
}

/** What a search came to: a Java, if there is one, and why each place before it was passed over. */
export interface Search {
  readonly java: Java | undefined;
  readonly passedOver: readonly string[];
}

/**
 * Looks at the setting, the Java bundled with the extension, JDK_HOME, JAVA_HOME and PATH, in this
 * order, and takes the first that is new enough.
 */
export async function findJava(
  setting: string,
  bundled: string,
  machine: Machine,
): Promise<Search> {
  const passedOver: string[] = [];
  for (const [from, command] of candidates(setting, bundled, machine)) {
    if (!machine.exists(command)) {
      passedOver.push(`${from}: no ${command}`);
      continue;
    }
    const release = await machine.release(command);
    if (release !== undefined && release >= OLDEST_RELEASE) {
      return { java: { command, release, from }, passedOver };
    }
    const why = release === undefined ? 'does not run' : `is Java ${release}`;
    passedOver.push(`${from}: ${command} ${why}`);
  }
  return { java: undefined, passedOver };
}

function* candidates(
  setting: string,
  bundled: string,
  machine: Machine,
): Generator<[string, string]> {
  const executable = machine.windows ? 'java.exe' : 'java';
  const files = machine.windows ? path.win32 : path.posix;
  const inHome = (home: string) => files.join(home, 'bin', executable);
  if (setting.trim() !== '') {
    const home = setting.trim();
    yield ['setting pinion.java.home', inHome(home)];
  }
  if (machine.exists(inHome(bundled))) {
    yield ['bundled', inHome(bundled)];
  }
  for (const variable of ['JDK_HOME', 'JAVA_HOME']) {
    const home = machine.env[variable];
    if (home) {
      yield [variable, inHome(home)];
    }
  }
  const search = machine.env['PATH'] ?? machine.env['Path'] ?? '';
  for (const folder of search.split(files.delimiter)) {
    const command = files.join(folder, executable);
    if (folder !== '' && machine.exists(command)) {
      yield ['PATH', command];
    }
  }
}

/** The feature release in a version string: 17 for "17.0.15", 8 for "1.8.0_392". */
export function parseRelease(version: string): number | undefined {
  const match = /^"?(?:1\.)?(\d+)/.exec(version.trim());
  return match ? Number(match[1]) : undefined;
}

/** The machine this runs on. */
export const thisMachine: Machine = {
  env: process.env,
  windows: process.platform === 'win32',
  exists: existsSync,
  release: async (java) => releaseFromFile(java) ?? (await releaseFromRun(java)),
};

/** Asks the file that every JDK and JRE since 9 has at its top, which is quicker than to run it. */
function releaseFromFile(java: string): number | undefined {
  try {
    const home = path.dirname(path.dirname(realpathSync(java)));
    const match = /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(path.join(home, 'release'), 'utf8'));
    return match?.[1] === undefined ? undefined : parseRelease(match[1]);
  } catch {
    return undefined;
  }
}

function releaseFromRun(java: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(java, ['-version'], { timeout: 10_000 }, (error, stdout, stderr) => {
      const match = /version "([^"]+)"/.exec(stderr + stdout);
      resolve(error || match?.[1] === undefined ? undefined : parseRelease(match[1]));
    });
  });
}

/** The server's command line behind the java executable. */
export function serverArguments(jar: string, vmargs: string): string[] {
  return [
    '-XX:+UseParallelGC',
    '-Xshare:auto',
    // A stale class archive would otherwise complain on stdout, ahead of the protocol.
    '-Xlog:disable',
    '-Xlog:all=warning:stderr',
    ...vmargs.split(/\s+/).filter((arg) => arg !== ''),
    '-jar',
    jar,
    'lsp',
  ];
}
