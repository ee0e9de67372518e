// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { findJava, parseRelease, serverArguments, thisMachine, type Machine } from '../src/java';

/** A machine with these java executables and their releases; undefined for one that is broken. */
function machine(
  javas: Record<string, number | undefined>,
  env: Record<string, string> = {},
): Machine {
  return {
    env,
    windows: false,
    exists: (file) => file in javas,
    release: (java) => Promise.resolve(javas[java]),
  };
}

const EVERYWHERE = {
  '/set/bin/java': 21,
  '/ext/jre/bin/java': 21,
  '/jdk/bin/java': 21,
  '/java/bin/java': 21,
  '/usr/bin/java': 21,
};
const ENV = { JDK_HOME: '/jdk', JAVA_HOME: '/java', PATH: '/nothing:/usr/bin' };

test('takes the first place in order', async () => {
  const places: Record<string, number> = { ...EVERYWHERE };
  const found: string[] = [];
  for (;;) {
    const search = await findJava('/set', '/ext/jre', machine(places, ENV));
    if (search.java === undefined) break;
    found.push(`${search.java.from}: ${search.java.command}`);
    delete places[search.java.command];
  }
  assert.deepEqual(found, [
    'setting pinion.java.home: /set/bin/java',
    'bundled: /ext/jre/bin/java',
    'JDK_HOME: /jdk/bin/java',
    'JAVA_HOME: /java/bin/java',
    'PATH: /usr/bin/java',
  ]);
});

test('passes over what is too old, broken or absent, and says so', async () => {
  const javas = { '/jdk/bin/java': 11, '/java/bin/java': undefined, '/usr/bin/java': 17 };
  const search = await findJava('/set', '/ext/jre', machine(javas, ENV));
  assert.deepEqual(search.java, { command: '/usr/bin/java', release: 17, from: 'PATH' });
  assert.deepEqual(search.passedOver, [
    'setting pinion.java.home: no /set/bin/java',
    'JDK_HOME: /jdk/bin/java is Java 11',
    'JAVA_HOME: /java/bin/java does not run',
  ]);
});

test('finds nothing on a bare machine', async () => {
  assert.deepEqual(await findJava('', '/ext/jre', machine({})), { java: undefined, passedOver: [] });
});

test('goes on in PATH behind a java that is too old', async () => {
  const javas = { '/a/java': 8, '/b/java': 25 };
  const search = await findJava(' ', '/x', machine(javas, { PATH: '/a:/b' }));
  assert.equal(search.java?.command, '/b/java');
});

test('uses the names of Windows on Windows', async () => {
  const command = 'C:\\jdk\\bin\\java.exe';
  const windows = { ...machine({ [command]: 17 }, { Path: 'C:\\x;C:\\jdk\\bin' }), windows: true };
  assert.equal((await findJava('', 'C:\\ext\\jre', windows)).java?.command, command);
});

test('reads versions old and new', () => {
  const versions = ['17.0.15', '"21"', '1.8.0_392', '25-ea', '', 'x'];
  assert.deepEqual(versions.map(parseRelease), [17, 21, 8, 25, undefined, undefined]);
});

test('asks the release file first, then the executable itself', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'pinion-java-'));
  try {
    mkdirSync(path.join(home, 'bin'));
    const java = path.join(home, 'bin', 'java');
    writeFileSync(java, '#!/bin/sh\necho \'openjdk version "11.0.2" 2019\' >&2\n');
    chmodSync(java, 0o755);
    assert.equal(await thisMachine.release(java), 11);
    writeFileSync(path.join(home, 'release'), 'IMPLEMENTOR="x"\nJAVA_VERSION="21.0.1"\n');
    assert.equal(await thisMachine.release(java), 21);
    rmSync(path.join(home, 'release'));
    writeFileSync(java, '#!/bin/sh\nexit 1\n');
    assert.equal(await thisMachine.release(java), undefined);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('keeps the virtual machine from writing to stdout', () => {
  const args = serverArguments('/x/pinion.jar', ' -Xmx1g  -Dx=y ');
  assert.ok(args.indexOf('-Xlog:disable') < args.indexOf('-Xlog:all=warning:stderr'));
  assert.deepEqual(args.slice(-5), ['-Xmx1g', '-Dx=y', '-jar', '/x/pinion.jar', 'lsp']);
});
