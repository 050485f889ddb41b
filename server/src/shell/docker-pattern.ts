/** Longer values and patterns with more stars are left alone: matching them may take long. */
const longest = 200;
const mostStars = 2;

type Trim = { readonly pattern: string; readonly operator: '#' | '%' };
type Replacement = { readonly pattern: string; readonly replacement: string; readonly all: boolean };

/** `${NAME#pattern}` and `${NAME%pattern}`; a pattern that begins with the operator again takes the longest match. */
export function afterTrim(value: string, { pattern, operator }: Trim): string | null {
  const isLongest = pattern.startsWith(operator);
  const glob = isLongest ? pattern.slice(1) : pattern;
  if (!isSimple(value, glob)) return null;
  const matches = new RegExp(`^${expression(glob)}$`);
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  if (isLongest) lengths.reverse();
  for (const length of lengths) {
    const cut = operator === '#' ? value.slice(0, length) : value.slice(value.length - length);
    if (matches.test(cut)) return operator === '#' ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** `${NAME/pattern/replacement}` and `${NAME//pattern/replacement}`. */
export function afterReplacement(value: string, { pattern, replacement, all }: Replacement): string | null {
  // BuildKit gives a dollar a meaning when it replaces all, and matching nothing is not worth following.
  if (!isSimple(value, pattern) || /[\\$]/.test(replacement) || /^\**$/.test(pattern)) return null;
  return value.replace(new RegExp(expression(pattern), all ? 'g' : ''), () => replacement);
}

function isSimple(value: string, pattern: string): boolean {
  const isShort = value.length <= longest && pattern.length <= longest && pattern.split('*').length - 1 <= mostStars;
  return isShort && !/[\\\n]/.test(pattern) && !/[\n\r\u2028\u2029\ud800-\udfff]/.test(value);
}

/** Docker knows only * and ?; brackets stand for themselves. */
function expression(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|[\]/-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
}
