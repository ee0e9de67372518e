// SPDX-License-Identifier: Apache-2.0
// Copies the server's jars from the build of the command line into server/.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const target = resolve('..', 'cli', 'target');
const jar = join(target, 'pinion.jar');
const lib = join(target, 'lib');
if (!existsSync(jar) || !existsSync(lib)) {
  console.error(`copy-server: ${jar} or lib beside it is missing; build it first: ./pinion --version`);
  process.exit(1);
}
rmSync('server', { recursive: true, force: true });
mkdirSync('server/lib', { recursive: true });
cpSync(jar, 'server/pinion.jar');
cpSync('../NOTICE', 'server/NOTICE');
const jars = readdirSync(lib).filter((name) => name.endsWith('.jar'));
jars.forEach((name) => cpSync(join(lib, name), join('server/lib', name)));
console.log(`copy-server: pinion.jar and ${jars.length} libraries`);
