// SPDX-License-Identifier: Apache-2.0

/** Something to read, as commands of the server answer with. */
export interface Page {
  readonly title: string;
  readonly markdown: string;
}

/** Whether a command's answer is a page. */
export function isPage(answer: unknown): answer is Page {
  const page = answer as Partial<Page> | null;
  return (
    typeof page === 'object' &&
    page !== null &&
    typeof page.title === 'string' &&
    typeof page.markdown === 'string'
  );
}

/** The path of a page's document: its last part is what the tab shows. */
export function pagePath(title: string): string {
  return `/${title.replace(/[/\\?#%:]+/g, '-')}.md`;
}

/**
 * The text with links that VS Code's preview follows, which it does not with `file:`: files below a
 * folder become paths from it, others go by way of the desktop or, where there is none, are names
 * only.
 *
 * @param folder the path of the first opened folder, if there is one
 * @param desktop whether `vscode:` links lead to this window's machine
 */
export function relinked(markdown: string, folder: string | undefined, desktop: boolean): string {
  return markdown.replace(/\[([^\]]*)\]\(file:\/\/(\/[^)#]*)(?:#L(\d+))?\)/g, (_, text: string, file: string, line?: string) => {
    const root = folder === undefined ? undefined : encodeURI(folder.replace(/\/$/, ''));
    if (root !== undefined && file.startsWith(`${root}/`)) {
      return `[${text}](${file.slice(root.length)}${line === undefined ? '' : `#L${line}`})`;
    }
    return desktop ? `[${text}](vscode://file${file}${line === undefined ? '' : `:${line}`})` : text;
  });
}
