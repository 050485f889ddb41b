export type PageParts = {
  readonly title: string;
  /** Fresh for every page, from newNonce. */
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
};

/**
 * The document of a webview. Nothing loads and nothing runs but the one script and the one style sheet that carry the
 * nonce: no inline handler, no style attribute, no image, no connection.
 */
export function webviewPage({ title, nonce, script, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)}</title>
    <link rel="stylesheet" nonce="${nonce}" href="${escaped(style)}" />
  </head>
  <body>
    <main id="view"></main>
    <script nonce="${nonce}" src="${escaped(script)}"></script>
  </body>
</html>
`;
}

/** 128 random bits as hexadecimal digits. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
