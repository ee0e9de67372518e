// SPDX-License-Identifier: Apache-2.0
// Draws images/icon.png: a pinion, the small wheel that turns the large one.
import { writeFileSync } from 'node:fs';
import { crc32 as zlibCrc32, deflateSync } from 'node:zlib';

const SIZE = 128;
const SAMPLES = 4;
const TEETH = 9;
const BACK = [24, 40, 58];
const WHEEL = [236, 180, 64];

const crc32 = zlibCrc32 ?? crcTable();

function crcTable() {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  return (bytes) => {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
}

/** 0 outside of the rounded square, 1 on its ground, 2 on the wheel. */
function paint(x, y) {
  const dx = Math.max(0, Math.abs(x - 64) - 44);
  const dy = Math.max(0, Math.abs(y - 64) - 44);
  if (Math.hypot(dx, dy) > 20) return 0;
  const radius = Math.hypot(x - 64, y - 64);
  const tooth = Math.cos(TEETH * Math.atan2(y - 64, x - 64));
  const rim = 38 + 9 * Math.max(-0.5, Math.min(0.5, 1.6 * tooth)) * 2;
  return radius < rim && radius > 15 ? 2 : 1;
}

const rows = [];
for (let y = 0; y < SIZE; y++) {
  rows.push(0);
  for (let x = 0; x < SIZE; x++) {
    const sum = [0, 0, 0, 0];
    for (let s = 0; s < SAMPLES * SAMPLES; s++) {
      const kind = paint(
        x + ((s % SAMPLES) + 0.5) / SAMPLES,
        y + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES,
      );
      if (kind === 0) continue;
      (kind === 2 ? WHEEL : BACK).forEach((c, i) => (sum[i] += c));
      sum[3]++;
    }
    rows.push(...sum.slice(0, 3).map((c) => (sum[3] ? Math.round(c / sum[3]) : 0)));
    rows.push(Math.round((255 * sum[3]) / (SAMPLES * SAMPLES)));
  }
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
header.set([8, 6, 0, 0, 0], 8);
writeFileSync(
  'images/icon.png',
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]),
);
