/** Whether a source of COPY or ADD is a pattern; a web address is none. */
export function isGlob(text: string): boolean {
  return /[*?[]/.test(text) && !/^https?:/.test(text);
}
