// SPDX-License-Identifier: Apache-2.0
// Starts the language server and keeps it running. What it finds is shown by VS Code itself.
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { findJava, OLDEST_RELEASE, serverArguments, thisMachine, type Search } from './java';
import { isPage, pagePath, relinked, type Page } from './page';
import { Restarts } from './restarts';
import { statusText, stoppedText, type ServerStatus, type StatusText } from './status';

const PAGE_SCHEME = 'pinion-page';

let extension: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  extension = new Extension(context);
  await extension.start();
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  extension = undefined;
}

/** Pages that the server has answered with, as documents that are nowhere on disk. */
class Pages implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? 'This page was of an earlier session; ask for it again.';
  }

  async show(page: Page): Promise<void> {
    const uri = vscode.Uri.from({ scheme: PAGE_SCHEME, path: pagePath(page.title) });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const root = folder?.scheme === 'file' || folder?.scheme === 'vscode-remote' ? folder.path : undefined;
    const desktop = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
    this.texts.set(uri.path, relinked(page.markdown, root, desktop));
    this.changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }
}

class Extension {
  private readonly log = vscode.window.createOutputChannel('Pinion', { log: true });
  private readonly item = vscode.window.createStatusBarItem(
    'pinion.status',
    vscode.StatusBarAlignment.Left,
  );
  private readonly restarts = new Restarts();
  private readonly pages = new Pages();
  private client: LanguageClient | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.item.name = 'Pinion';
    this.item.command = 'pinion.showLog';
    context.subscriptions.push(
      this.log,
      this.item,
      vscode.commands.registerCommand('pinion.showLog', () => this.log.show()),
      vscode.commands.registerCommand('pinion.restartServer', () => this.restart()),
      vscode.commands.registerCommand('pinion.checkSeries', () => this.checkSeries()),
      vscode.commands.registerCommand('pinion.showAtlas', () => this.showAtlas()),
      vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEME, this.pages),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('pinion.java')) {
          void this.restart();
        }
      }),
    );
  }

  async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration('pinion');
    const search = await findJava(
      settings.get('java.home', ''),
      path.join(this.context.extensionPath, 'jre'),
      thisMachine,
    );
    search.passedOver.forEach((why) => this.log.info(`Java passed over: ${why}`));
    if (search.java === undefined) {
      this.show(stoppedText(`No Java ${OLDEST_RELEASE} or newer was found`));
      void this.sayNoJava(search);
      return;
    }
    const jar = path.join(this.context.extensionPath, 'server', 'pinion.jar');
    const args = serverArguments(jar, settings.get('java.vmargs', ''));
    this.log.info(`Java ${search.java.release} from ${search.java.from}: ${search.java.command}`);
    this.client = new LanguageClient(
      'pinion',
      'Pinion',
      { command: search.java.command, args } satisfies ServerOptions,
      this.clientOptions(),
    );
    this.client.registerFeature(EXPERIMENTAL);
    this.client.onNotification('pinion/status', (status: ServerStatus) =>
      this.show(statusText(status)),
    );
    try {
      await this.client.start();
      await vscode.commands.executeCommand('setContext', 'pinion.running', true);
    } catch (error) {
      this.log.error(`The server did not start: ${String(error)}`);
      this.show(stoppedText('The server did not start; the log says why'));
      void this.sayWithLog('Pinion: the server did not start.');
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await vscode.commands.executeCommand('setContext', 'pinion.running', false);
    if (client?.needsStop()) {
      await client.stop();
    }
    await client?.dispose();
  }

  private async restart(): Promise<void> {
    this.restarts.reset();
    try {
      await this.stop();
    } catch (error) {
      // It hung or was gone already; a new one is wanted in any case.
      this.log.warn(`The server did not stop in order: ${String(error)}`);
    }
    await this.start();
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: 'file', language: 'c' },
        // VS Code takes a header for C++ unless it is told otherwise.
        { scheme: 'file', language: 'cpp', pattern: '**/*.h' },
      ],
      outputChannel: this.log,
      initializationOptions: vscode.workspace.getConfiguration('pinion'),
      synchronize: { configurationSection: 'pinion' },
      middleware: {
        executeCommand: async (command, args, next) => {
          const answer: unknown = await next(command, args);
          if (isPage(answer)) {
            await this.pages.show(answer);
          }
          return answer;
        },
      },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.closed(),
      },
    };
  }

  private closed(): { action: CloseAction; handled: true } {
    if (this.restarts.died(Date.now())) {
      this.log.warn('The server has died and is started again');
      return { action: CloseAction.Restart, handled: true };
    }
    this.show(stoppedText('The server died too often and is not started again'));
    void this.sayWithLog('Pinion: the server died too often and is not started again.');
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private show(status: StatusText): void {
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    this.item.backgroundColor = status.warning
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.show();
  }

  private async sayNoJava(search: Search): Promise<void> {
    const open = 'Open Settings';
    const tried = search.passedOver.length > 0 ? ` (${search.passedOver.join('; ')})` : '';
    const chosen = await vscode.window.showErrorMessage(
      `Pinion needs Java ${OLDEST_RELEASE} or newer and found none${tried}. ` +
        'Install one, or name it in pinion.java.home.',
      open,
    );
    if (chosen === open) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'pinion.java.home');
    }
  }

  private async sayWithLog(message: string): Promise<void> {
    const show = 'Show Log';
    const restart = 'Restart';
    const chosen = await vscode.window.showErrorMessage(message, show, restart);
    if (chosen === show) {
      this.log.show();
    } else if (chosen === restart) {
      await this.restart();
    }
  }

  /** Asks for a range of commits and shows what each of them does. */
  private async checkSeries(): Promise<void> {
    const uri = this.place();
    if (uri === undefined) {
      void vscode.window.showInformationMessage('Pinion: open a file of the kernel tree first.');
      return;
    }
    const range = await vscode.window.showInputBox({
      title: 'Pinion: check a series of commits',
      prompt: 'The commits that the second has and the first has not',
      value: 'origin/master..HEAD',
      validateInput: (text) => (text.includes('..') ? undefined : 'Write A..B'),
    });
    if (range !== undefined) {
      await this.run('pinion.check', uri, range.trim());
    }
  }

  /** Asks for a name, with the one under the cursor as the proposal, and shows what is known of it. */
  private async showAtlas(): Promise<void> {
    const uri = this.place();
    if (uri === undefined) {
      void vscode.window.showInformationMessage('Pinion: open a file of the kernel tree first.');
      return;
    }
    const kinds = [
      { label: 'List or other member', description: 'STRUCT.FIELD', noun: '' },
      { label: 'Counted struct', description: 'who gets and puts it', noun: 'counted' },
      { label: 'Exported symbol', description: 'its module and who uses it', noun: 'module' },
    ];
    const kind = await vscode.window.showQuickPick(kinds, { title: 'Pinion: ask the atlas about a …' });
    const name =
      kind &&
      (await vscode.window.showInputBox({
        title: `Pinion: ${kind.label}`,
        prompt: kind.description,
        value: wordAtCursor(),
      }));
    if (kind !== undefined && name) {
      await this.run('pinion.atlas', uri, kind.noun, name.trim());
    }
  }

  /** Commands of the server are registered under their names while it runs. */
  private async run(command: string, ...args: string[]): Promise<void> {
    try {
      await vscode.commands.executeCommand(command, ...args);
    } catch (error) {
      // The server has said in a line what is wrong.
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  }

  /** The file in front, or else an opened folder. */
  private place(): string | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.uri.scheme === 'file') {
      return document.uri.toString();
    }
    return vscode.workspace.workspaceFolders?.[0]?.uri.toString();
  }
}

function wordAtCursor(): string {
  const editor = vscode.window.activeTextEditor;
  const word = editor?.document.getWordRangeAtPosition(editor.selection.active);
  return word === undefined ? '' : (editor?.document.getText(word) ?? '');
}

/** Tells the server that this client takes its status and shows its pages. */
const EXPERIMENTAL: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      pinion: { status: true, pages: true },
    };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
