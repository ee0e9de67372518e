// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isPage, pagePath, relinked } from '../src/page';
import { Restarts } from '../src/restarts';
import { statusText, stoppedText } from '../src/status';

test('restarts a server that dies now and then', () => {
  const restarts = new Restarts(3, 1000);
  assert.deepEqual([0, 600, 1200, 1800, 2400].map((now) => restarts.died(now)), Array(5).fill(true));
});

test('gives up on a server that dies again and again, until the user starts it', () => {
  const restarts = new Restarts(3, 1000);
  assert.deepEqual([0, 1, 2].map((now) => restarts.died(now)), [true, true, false]);
  restarts.reset();
  assert.equal(restarts.died(3), true);
});

test('says each status', () => {
  const say = (health: string, quiescent: boolean, message: string) =>
    statusText({ health, quiescent, message });
  assert.equal(say('ok', true, '').text, '$(check) Pinion');
  assert.equal(say('ok', false, '').text, '$(check) Pinion');
  assert.notEqual(say('ok', false, '').tooltip, say('ok', true, '').tooltip);
  assert.equal(say('indexing', false, 'reading files 3/9').text, '$(sync~spin) Pinion: reading files 3/9');
  assert.deepEqual(say('degraded', true, 'no disk'), {
    text: '$(warning) Pinion',
    tooltip: 'no disk',
    warning: true,
  });
  assert.equal(stoppedText('why').tooltip, 'why');
});

test('takes an answer for a page only if it is one', () => {
  assert.ok(isPage({ title: 'a', markdown: '# a' }));
  for (const other of [null, undefined, 'a', 7, {}, { title: 'a' }, { title: 1, markdown: 2 }]) {
    assert.ok(!isPage(other));
  }
  assert.equal(pagePath('Pinion: a/b..c'), '/Pinion- a-b..c.md');
});

test('its problem matcher reads what pinion prints, with and without colours of CI in front', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { problemMatchers: { pattern: { regexp: string } }[] };
  };
  const pattern = new RegExp(manifest.contributes.problemMatchers[0]!.pattern.regexp);
  const line =
    "net/a.c:1264:5: warning: plain list_del() of 'struct a.b', which lockless readers walk [rcu-list-plain-delete]";
  assert.deepEqual(pattern.exec(line)?.slice(1), [
    'net/a.c',
    '1264',
    '5',
    'warning',
    "plain list_del() of 'struct a.b', which lockless readers walk",
    'rcu-list-plain-delete',
  ]);
  assert.deepEqual(pattern.exec('/a/b.c:1:2: latent: x [symbol-get-pile]')?.slice(1, 5), [
    '/a/b.c',
    '1',
    '2',
    undefined,
  ]);
  assert.equal(pattern.exec('net/a.c:699:2: note: setup() publishes nodes'), null);
});

test('pages have links that the preview follows', () => {
  const page = '**[a/b.c:12](file:///src/linux/a/b.c#L12)** and [x](file:///else/x.h#L3)';
  assert.equal(
    relinked(page, '/src/linux', true),
    '**[a/b.c:12](/a/b.c#L12)** and [x](vscode://file/else/x.h:3)',
  );
  assert.equal(relinked(page, '/src/lin', false), '**a/b.c:12** and x');
  assert.equal(relinked('[x](file:///a%20b/x.c#L1)', '/a b/', false), '[x](/x.c#L1)');
  assert.equal(relinked('[rule](https://example.org/#L1)', undefined, false), '[rule](https://example.org/#L1)');
});
