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
import { Restarts } from './restarts';
import { statusText, stoppedText, type ServerStatus, type StatusText } from './status';

const RULE_SCHEME = 'pinion-rule';

let extension: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  extension = new Extension(context);
  await extension.start();
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  extension = undefined;
}

class Extension {
  private readonly log = vscode.window.createOutputChannel('Pinion', { log: true });
  private readonly item = vscode.window.createStatusBarItem(
    'pinion.status',
    vscode.StatusBarAlignment.Left,
  );
  private readonly restarts = new Restarts();
  private client: LanguageClient | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.item.name = 'Pinion';
    this.item.command = 'pinion.showLog';
    context.subscriptions.push(
      this.log,
      this.item,
      vscode.commands.registerCommand('pinion.showLog', () => this.log.show()),
      vscode.commands.registerCommand('pinion.restartServer', () => this.restart()),
      vscode.commands.registerCommand('pinion.explain', (rule: string) => this.explain(rule)),
      vscode.workspace.registerTextDocumentContentProvider(RULE_SCHEME, {
        provideTextDocumentContent: (uri) => this.rulePage(uri),
      }),
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
    } catch (error) {
      this.log.error(`The server did not start: ${String(error)}`);
      this.show(stoppedText('The server did not start; the log says why'));
      void this.sayWithLog('Pinion: the server did not start.');
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
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

  private async explain(rule: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: RULE_SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }

  private async rulePage(uri: vscode.Uri): Promise<string> {
    const rule = path.posix.basename(uri.path, '.md');
    const page = await this.client?.sendRequest<string>('pinion/rulePage', { rule });
    return page || `There is no page about ${rule}, or the server is not running.`;
  }
}

/** Tells the server that this client takes its status and has a command to explain a rule. */
const EXPERIMENTAL: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      pinion: { status: true, explain: true },
    };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
