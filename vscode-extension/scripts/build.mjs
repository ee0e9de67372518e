// SPDX-License-Identifier: Apache-2.0
// Bundles the extension into dist/, or with the argument "tests" the tests into out/test/.
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  logLevel: 'warning',
  legalComments: 'inline',
};
if (process.argv[2] === 'tests') {
  const tests = readdirSync('test').filter((name) => name.endsWith('.test.ts'));
  await build({
    ...common,
    entryPoints: [...tests.map((name) => `test/${name}`), 'src/java.ts'],
    outdir: 'out',
    outbase: '.',
  });
} else {
  await build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    minify: true,
  });
}
