/** `net8.0`, `net9.0-linux` and `netcoreapp3.1` as `8.0`, `9.0`, `3.1`; null for what is not .NET (Core). */
export function frameworkVersion(text: string): string | null {
  const match = /^(?:netcoreapp(\d\.\d)|net([5-9]|[1-9]\d)\.(\d+))(?:-[a-z]+[\d.]*)?$/i.exec(text.trim());
  if (!match) return null;
  return match[1] ?? `${match[2] ?? ''}.${match[3] ?? ''}`;
}
