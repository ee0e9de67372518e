// SPDX-License-Identifier: Apache-2.0
// node test/e2e.mjs <vsix> <tree>: unpacks the package and drives the server in it over stdio the
// way the extension does, on a copy of the tree. What needs a VS Code is not tested here: the
// extension's activation, status item, messages and restarts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const [vsix, tree] = process.argv.slice(2);
if (!vsix || !tree) {
  console.error('usage: node test/e2e.mjs <vsix> <tree>');
  process.exit(2);
}
const { findJava, serverArguments, thisMachine } = createRequire(import.meta.url)('../out/src/java.js');

/** The files of a zip archive, by name. */
function* unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o));
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(data, data + packed);
    yield [
      bytes.toString('utf8', at + 46, at + 46 + name),
      method === 0 ? content : inflateRawSync(content),
    ];
    at += 46 + name + extra + comment;
  }
}

/** A language server behind stdio, and what it says. */
class Server {
  constructor(command, args) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.waiting = new Map();
    this.listeners = [];
    this.diagnostics = new Map();
    this.rest = Buffer.alloc(0);
    this.errors = '';
    this.nextId = 1;
    this.process.stdout.on('data', (bytes) => this.read(bytes));
    this.process.stderr.on('data', (bytes) => (this.errors += bytes));
    this.exited = new Promise((resolve) => this.process.on('exit', resolve));
  }

  read(bytes) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const body = this.rest.indexOf('\r\n\r\n') + 4;
      if (body < 4) return;
      const header = this.rest.toString('utf8', 0, body);
      const length = /^Content-Length: (\d+)\r\n/.exec(header);
      assert.ok(length, `stdout carries nothing but the protocol, not ${JSON.stringify(header)}`);
      if (this.rest.length < body + Number(length[1])) return;
      const message = JSON.parse(this.rest.toString('utf8', body, body + Number(length[1])));
      this.rest = this.rest.subarray(body + Number(length[1]));
      this.take(message);
    }
  }

  take(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      this.diagnostics.set(message.params.uri, message.params);
    } else if (message.method !== undefined && message.id !== undefined) {
      this.send({ id: message.id, result: null });
    } else if (message.id !== undefined) {
      this.waiting.get(String(message.id))(message);
    }
    this.listeners.forEach((listener) => listener(message));
  }

  send(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  request(method, params) {
    const id = this.nextId++;
    return this.patiently(`an answer to ${method}`, (done) => {
      this.waiting.set(String(id), (message) => done(message));
      this.send({ id, method, params });
    });
  }

  /** Waits until what the server has said so far makes a condition true. */
  until(what, condition) {
    return this.patiently(what, (done) => {
      const look = () => {
        const value = condition();
        if (value) done(value);
      };
      this.listeners.push(look);
      look();
    });
  }

  patiently(what, begin) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} in 120 s; stderr: ${this.errors}`)), 120_000);
      void this.exited.then((code) => reject(new Error(`exit ${code} instead of ${what}; stderr: ${this.errors}`)));
      begin((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }
}

const temp = realpathSync(mkdtempSync(path.join(tmpdir(), 'pinion-e2e-')));
const started = Date.now();
const say = (text) => console.log(`${((Date.now() - started) / 1000).toFixed(2)}s ${text}`);
const running = [];
try {
  const names = [];
  for (const [name, content] of unzip(readFileSync(vsix))) {
    names.push(name);
    const file = path.join(temp, 'vsix', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const home = path.join(temp, 'vsix', 'extension');
  for (const needed of ['package.json', 'dist/extension.js', 'images/icon.png', 'server/pinion.jar']) {
    assert.ok(names.includes(`extension/${needed}`), `the package has ${needed}`);
  }
  const stray = names.filter((name) => /node_modules|\.ts$|\.map$|\/(src|test|scripts)\//.test(name));
  assert.deepEqual(stray, [], 'the package has nothing that only its makers need');
  say(`${names.length} files in the package`);

  const search = await findJava('', path.join(home, 'jre'), thisMachine);
  assert.ok(search.java, `a Java was found; passed over: ${search.passedOver.join('; ')}`);
  const jar = path.join(home, 'server', 'pinion.jar');
  const start = () => {
    const server = new Server(search.java.command, serverArguments(jar, '-Xmx1g'));
    running.push(server);
    return server;
  };
  const initialize = (server, folder) =>
    server.request('initialize', {
      processId: process.pid,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'tree' }],
      initializationOptions: { store: path.join(temp, 'store') },
      capabilities: {
        textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
        window: { workDoneProgress: true },
      },
    });

  const copy = path.join(temp, 'tree');
  cpSync(tree, copy, { recursive: true });
  const sources = readdirSync(copy, { recursive: true }).filter((name) => name.endsWith('.c'));
  assert.ok(sources.length > 0, `${tree} has C in it`);

  const server = start();
  const { result } = await initialize(server, copy);
  say(`${result.serverInfo.name} ${result.serverInfo.version} is initialized`);
  server.notify('initialized', {});
  const uris = new Map();
  for (const name of sources) {
    const uri = pathToFileURL(path.join(copy, name)).href;
    uris.set(uri, name);
    const text = readFileSync(path.join(copy, name), 'utf8');
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'c', version: 1, text } });
  }
  await server.until('diagnostics of all files', () => [...uris.keys()].every((uri) => server.diagnostics.has(uri)));
  const found = [...server.diagnostics.values()].filter((d) => d.diagnostics.length > 0);
  assert.ok(found.length > 0, 'something is found in the tree');
  for (const { uri, diagnostics } of found) {
    for (const d of diagnostics) {
      assert.equal(d.source, 'pinion');
      say(`${uris.get(uri)}:${d.range.start.line + 1}: ${d.message} [${d.code}]`);
    }
  }
  assert.ok(
    found.some(({ diagnostics }) => diagnostics.some((d) => d.relatedInformation?.length > 0)),
    'findings tell their story',
  );

  const edited = found[0].uri;
  server.notify('textDocument/didChange', {
    textDocument: { uri: edited, version: 2 },
    contentChanges: [{ text: '/* empty now */\n' }],
  });
  await server.until('diagnostics of the change', () => server.diagnostics.get(edited).version === 2);
  assert.deepEqual(server.diagnostics.get(edited).diagnostics, []);
  say(`${uris.get(edited)} is clean when it is empty`);
  assert.equal((await server.request('shutdown')).error, undefined);
  server.notify('exit');
  assert.equal(await server.exited, 0);
  say('shut down in order');

  const left = start();
  await initialize(left, copy);
  left.process.stdin.end();
  assert.equal(await left.exited, 1);
  say('gone when its input ends');
} finally {
  running.forEach((server) => server.process.kill('SIGKILL'));
  rmSync(temp, { recursive: true, force: true });
}
