import type { ClientCapabilities } from 'vscode-languageserver';

/** What the client can do, as far as the server asks. */
export type ClientFeatures = DiagnosticFeatures &
  CompletionFeatures &
  FileFeatures & {
    readonly refreshesDiagnostics: boolean;
    readonly answersConfiguration: boolean;
    readonly registersConfiguration: boolean;
    readonly codeActionLiterals: boolean;
    readonly hoverMarkdown: boolean;
    readonly refreshesCodeLenses: boolean;
    readonly refreshesInlayHints: boolean;
  };

export type FileFeatures = {
  readonly watchesFiles: boolean;
  /** True when a pattern may be about one folder. */
  readonly watchesFolders: boolean;
  readonly documentChanges: boolean;
  /** True when an edit may make a file. */
  readonly createsFiles: boolean;
};

export type DiagnosticFeatures = {
  readonly pullsDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: boolean;
};

export type CompletionFeatures = {
  readonly completionLabelDetails: boolean;
  readonly completionMarkdown: boolean;
  readonly deprecatedCompletions: boolean;
};

export function readClientFeatures({ workspace, textDocument }: ClientCapabilities): ClientFeatures {
  const hoverFormats = textDocument?.hover?.contentFormat ?? ['markdown'];
  return {
    ...readDiagnosticFeatures(textDocument),
    ...readCompletionFeatures(textDocument),
    ...readFileFeatures(workspace),
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    hoverMarkdown: hoverFormats.includes('markdown'),
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
  };
}

function readFileFeatures(workspace: ClientCapabilities['workspace']): FileFeatures {
  const { didChangeWatchedFiles: watching, workspaceEdit } = workspace ?? {};
  return {
    watchesFiles: watching?.dynamicRegistration === true,
    watchesFolders: watching?.relativePatternSupport === true,
    documentChanges: workspaceEdit?.documentChanges === true,
    createsFiles: workspaceEdit?.resourceOperations?.includes('create') === true,
  };
}

/** Before version 3.18 of the protocol, clients that pull tell the form of a diagnostic with their push capabilities. */
function readDiagnosticFeatures(textDocument: ClientCapabilities['textDocument']): DiagnosticFeatures {
  const form = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    relatedInformation: form.relatedInformation === true,
    codeDescription: form.codeDescriptionSupport === true,
    diagnosticTags: form.tagSupport !== undefined,
  };
}

function readCompletionFeatures(textDocument: ClientCapabilities['textDocument']): CompletionFeatures {
  const item = textDocument?.completion?.completionItem;
  return {
    completionLabelDetails: item?.labelDetailsSupport === true,
    completionMarkdown: item?.documentationFormat?.includes('markdown') !== false,
    deprecatedCompletions: item?.tagSupport !== undefined,
  };
}
