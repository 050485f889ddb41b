import type { Evidence, Fact } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';

/** What a project file of .NET says of the program that it makes. */
export type DotnetProgram = {
  readonly project: SourceFile;
  /** The value of InvariantGlobalization; null when nothing sets it. */
  readonly invariant: Fact<boolean | null>;
  /** The value of RollForward; null when nothing sets it. */
  readonly rollForward: Fact<string | null>;
  /** Why it needs ASP.NET Core; null where the project does not say so. */
  readonly aspNet: Evidence | null;
  /** True when the .NET runtime is surely no part of it. */
  readonly needsRuntime: boolean;
  /** False when another file may decide otherwise. */
  readonly isSure: boolean;
};
