// SPDX-License-Identifier: Apache-2.0
// Writes the README that is packaged, out/README.md: the same, with its pictures beside it.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const text = readFileSync('README.md', 'utf8');
const pictures = new Set([...text.matchAll(/\]\(\.\.\/docs\/images\/([\w.-]+)\)/g)].map((m) => m[1]));
for (const name of pictures) {
  const from = join('..', 'docs', 'images', name);
  if (!existsSync(from)) {
    console.error(`readme: ${from} is missing; test/code-server/run makes it`);
    process.exit(1);
  }
  cpSync(from, join('images', basename(name)));
}
mkdirSync('out', { recursive: true });
writeFileSync('out/README.md', text.replaceAll('](../docs/images/', '](images/'));
console.log(`readme: ${pictures.size} pictures`);
