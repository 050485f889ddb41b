import { languages, LanguageStatusSeverity, type Disposable } from 'vscode';
import { State } from 'vscode-languageclient';
import type { Status } from '../../server/src/protocol.js';

export type StatusItem = Disposable & {
  readonly show: (status: Status) => void;
  readonly showState: (state: State) => void;
};

/** The entry of the language status: what the server is doing and how old its facts are. */
export function createStatusItem(): StatusItem {
  const item = languages.createLanguageStatusItem('distroless.status', { language: 'dockerfile' });
  item.name = 'Distroless Guide';
  item.text = 'Distroless Guide';
  item.command = { command: 'distroless.showOutput', title: 'Open Log' };

  const show = ({ state, message, factsDate }: Status) => {
    item.busy = false;
    item.severity = state === 'error' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.detail = message || (factsDate ? `Image facts read up to ${factsDate}` : 'Ready');
  };

  const showState = (state: State) => {
    if (state === State.Running) {
      item.busy = false;
      return;
    }
    const isStarting = state === State.Starting;
    item.busy = isStarting;
    item.severity = isStarting ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    item.detail = isStarting ? 'Starting' : 'The language server is not running';
  };

  return { show, showState, dispose: () => item.dispose() };
}
