/**
 * A text with values put in for its placeholders; null where one of them is not known. `pattern` is global, and its
 * first group is the name.
 */
export function fillIn(text: string, pattern: RegExp, valueOf: (name: string) => string | null): string | null {
  let isKnown = true;
  const filled = text.replace(pattern, (_whole, name: string) => {
    const value = valueOf(name);
    isKnown &&= value !== null;
    return value ?? '';
  });
  return isKnown ? filled : null;
}
