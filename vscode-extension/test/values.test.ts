// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
