/** Image names in a text with their digests cut to twelve digits, as tools show them. */
export function shortenDigests(text: string): string {
  return text.includes('@sha') ? text.replace(/@(sha\d+):([0-9a-f]{12})[0-9a-f]{20,}/gi, '@$1:$2…') : text;
}
