// SPDX-License-Identifier: Apache-2.0

/** What the server tells about itself in `pinion/status`. */
export interface ServerStatus {
  readonly health: string;
  readonly quiescent: boolean;
  readonly message: string;
}

/** What the status item shows. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly warning: boolean;
}

/** Says a status in the few words a status bar has room for. */
export function statusText(status: ServerStatus): StatusText {
  switch (status.health) {
    case 'indexing':
      return { text: `$(sync~spin) Pinion: ${status.message}`, tooltip: 'Pinion reads the kernel tree', warning: false };
    case 'degraded':
      return { text: '$(warning) Pinion', tooltip: status.message, warning: true };
    default:
      // The same text while something is analysed: it would flicker with every key.
      return {
        text: '$(check) Pinion',
        tooltip: status.quiescent ? 'Pinion is up to date' : 'Pinion is analysing',
        warning: false,
      };
  }
}

/** The server is not there. */
export function stoppedText(why: string): StatusText {
  return { text: '$(error) Pinion', tooltip: why, warning: true };
}
