/** A Dockerfile that nothing is wrong with, as far as the guide may say. */
export type Sound = { readonly name: string; readonly text: string };

export function sound(name: string) {
  return (parts: TemplateStringsArray): Sound => ({ name, text: (parts.raw[0] ?? '').replace(/^\n/, '') });
}
