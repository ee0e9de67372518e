// SPDX-License-Identifier: Apache-2.0
// drive.mjs PORT TREE PICTURES: opens a VS Code that is served at the port in a headless Chromium
// and looks at what a user sees. Fails with a line; pictures go into the folder.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const { chromium } = createRequire(path.join(process.env.PLAYWRIGHT, 'package.json'))('playwright-core');
const [port, tree, pictures] = process.argv.slice(2);
mkdirSync(pictures, { recursive: true });
const begun = Date.now();
const say = (text) => console.log(`${((Date.now() - begun) / 1000).toFixed(1)}s ${text}`);
const profile = mkdtempSync(path.join(tmpdir(), 'pinion-chromium-'));
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
quiet.push('--disable-background-networking', '--disable-component-update', '--disable-sync');
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM,
  headless: true,
  viewport: { width: 1180, height: 720 },
  args: quiet,
});
const page = context.pages()[0] ?? (await context.newPage());
const PATIENCE = 90_000;

const see = (selector) => page.waitForSelector(selector, { timeout: PATIENCE });
const picture = (name) => page.screenshot({ path: path.join(pictures, `vscode-${name}.png`) });
const texts = async (selector) => (await page.locator(selector).allInnerTexts()).map((t) => t.replace(/\s+/g, ' '));
const squiggles = '.monaco-editor .squiggly-warning, .monaco-editor .squiggly-error';

async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await condition();
    if (value) return value;
    assert.ok(Date.now() < end, `no ${what} in ${PATIENCE / 1000} s`);
    await page.waitForTimeout(200);
  }
}

/** Types into the box on top, and takes the first choice once it is the one that is meant. */
async function ask(text, choice) {
  const input = page.locator('.quick-input-widget input').first();
  await input.waitFor({ timeout: PATIENCE });
  await input.fill(text);
  await until(`choice ${choice}`, async () =>
    (await texts('.quick-input-list .monaco-list-row'))[0]?.includes(choice));
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
}

async function command(name) {
  await page.keyboard.press('F1');
  await ask(`>${name}`, name);
  await page.waitForTimeout(500);
}

async function open(file) {
  await page.keyboard.press('Control+P');
  await ask(file, file);
}

async function toEditor() {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+1');
  await page.waitForTimeout(500);
}

/** Processes that run the extension's server, by number. */
function servers() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes(process.env.SERVER_JAR) && line.includes('java');
      } catch {
        return false; // It has gone meanwhile.
      }
    })
    .map(Number);
}

try {
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(tree)}`, { waitUntil: 'domcontentloaded' });
  await see('.monaco-workbench');
  await page.waitForTimeout(2000);
  await open('gate_device.c');
  await see('.monaco-editor .view-lines');
  await see(squiggles);
  say('a squiggle');

  await command('Problems: Focus on Problems View');
  const rows = '.markers-panel .monaco-list-row';
  await see(rows);
  await until('finding in the Problems view', async () =>
    (await texts(rows)).some((row) => /plain list_del\(\).*rcu-list-plain-delete/.test(row)));
  await page.locator(rows).filter({ hasText: 'plain list_del()' }).first().click();
  await until('story below the finding', async () =>
    (await texts(rows)).some((row) => /gate_line_claimed\(\) walks the list/.test(row)));
  say(`Problems has it with its story, ${(await texts(rows)).length} rows`);
  const status = await until('status item', async () =>
    (await texts('.statusbar-item')).find((item) => item.includes('Pinion')));
  say(`status item:${status}`);

  const box = await page.locator(squiggles).first().boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await until('hover', async () =>
    (await texts('.monaco-hover')).some((text) => text.includes('rcu-list-plain-delete')));
  await page.waitForTimeout(600);
  await picture('hover');
  say('the hover has the rule');

  // The click on the row in Problems has put the cursor there.
  await page.mouse.move(120, 560);
  await toEditor();
  await page.keyboard.press('Control+.');
  await see('.action-widget .monaco-list-row');
  const actions = await until('fix among the actions', async () => {
    const all = await texts('.action-widget .monaco-list-row');
    return all.some((action) => action.includes('Use list_del_rcu()')) && all;
  });
  assert.ok(actions.some((action) => action.includes('Explain rcu-list-plain-delete')), `${actions}`);
  assert.ok(actions.some((action) => action.includes('to the baseline')), `${actions}`);
  await page.waitForTimeout(300);
  await picture('quickfix');
  await page.keyboard.press('Enter');
  await until('cure', async () => (await page.locator(squiggles).count()) === 0);
  const lines = async () => (await texts('.monaco-editor .view-line')).join('\n').replace(/\u00a0/g, ' ');
  assert.match(await lines(), /list_del_rcu\(&dev->gate_node\); \/\/ want/);
  say('the quick fix is carried out, and the squiggle is gone');

  const before = servers();
  assert.equal(before.length, 1, 'one server runs');
  process.kill(before[0], 'SIGKILL');
  await until('new server', () => servers().length === 1 && servers()[0] !== before[0]);
  await page.keyboard.press('Control+Z');
  await see(squiggles);
  say('killed, the server is started again and shows the finding');

  await command('View: Hide Panel');
  await toEditor();
  await page.keyboard.press('Control+.');
  await see('.action-widget .monaco-list-row');
  await until('actions', async () =>
    (await texts('.action-widget .monaco-list-row')).some((action) => action.includes('Explain')));
  const explain = (await texts('.action-widget .monaco-list-row')).filter((a) => a !== '' && !/^(Quick Fix|More Actions)/.test(a));
  const steps = explain.findIndex((action) => action.includes('Explain'));
  for (let i = 0; i < steps; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until('story as a page', async () =>
    (await texts('.tab')).some((tab) => tab.includes('rcu-list-plain-delete')));
  await until('text of the page', async () => {
    for (const frame of page.frames()) {
      const text = await frame.locator('body').innerText().catch(() => '');
      if (text.includes('list_del() of') && text.includes('Fix proposed')) {
        const links = await frame.locator('a', { hasText: 'virt/gate/gate_device.c:20' }).count();
        assert.ok(links > 0, 'places are links');
        return true;
      }
    }
    return false;
  });
  await page.waitForTimeout(800);
  await picture('story');
  say('the story is explained beside it');

  await command('View: Close All Editors');
  await open('gate_internal.h');
  const lens = await until('lens', async () =>
    (await texts('.codelens-decoration')).find((text) => text.includes('RCU list')));
  await page.waitForTimeout(600);
  await picture('lens');
  say(`a lens: ${lens}`);
} catch (error) {
  await picture('failure').catch(() => {});
  console.error(`FAILED: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
