/** Puts colour around a piece of text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue';

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, yellow: 33, blue: 34 };

export const coloured: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;

export const plain: Paint = (_style, text) => text;

/** Text from a file made fit for a terminal: control characters, which could move the cursor, are spelled out. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
