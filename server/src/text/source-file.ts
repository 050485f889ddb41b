/** A text file that findings may point into. */
export type SourceFile = {
  /** For people: from the folder that is open in the editor, or from the current one, with slashes. */
  readonly path: string;
  /** Null where the file has no address that an editor could open. */
  readonly uri: string | null;
  /** Without a byte order mark. */
  readonly text: string;
};
