import * as vscode from 'vscode';
import { cancelled } from './cancelled.ts';

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Says what is wrong with an answer, or undefined. */
  validate?(value: string): string | undefined;
}

export interface PickItem<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

export interface PickQuestion<Value> {
  readonly placeholder: string;
  /** May still be loading while the question is shown. */
  readonly items: PromiseLike<readonly PickItem<Value>[]> | readonly PickItem<Value>[];
}

/** Asks the questions of one step; each rejects with CANCELLED on Escape. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  pick<Value>(question: PickQuestion<Value>): Promise<Value>;
  pickMany<Value>(question: PickQuestion<Value>): Promise<readonly Value[]>;
}

/** Adds one answer to what is known. */
export type Step<Answers> = (answers: Answers, ask: Asker) => Promise<Answers>;

const BACK: unique symbol = Symbol('back');

/** Asks step by step, with a button to go back. @throws EngineError CANCELLED on Escape */
export async function wizard<Answers>(
  title: string,
  start: Answers,
  steps: readonly Step<Answers>[],
): Promise<Answers> {
  const before: Answers[] = [];
  let answers = start;
  for (let at = 0; at < steps.length; ) {
    const step = steps[at];
    if (!step) break;
    const next = await step(answers, asker(title, at + 1, steps.length)).catch((reason: unknown): typeof BACK => {
      if (reason === BACK) return BACK;
      throw reason;
    });
    if (next === BACK) {
      answers = before.pop() ?? start;
      at -= 1;
    } else {
      before.push(answers);
      answers = next;
      at += 1;
    }
  }
  return answers;
}

function asker(title: string, step: number, totalSteps: number): Asker {
  const place = totalSteps > 1 ? { title, step, totalSteps } : { title };
  return {
    text: (question) => askText(Object.assign(vscode.window.createInputBox(), place), question),
    async pick<Value>(question: PickQuestion<Value>) {
      const [value] = await askPick(Object.assign(vscode.window.createQuickPick<PickItem<Value>>(), place), question);
      return value as Value;
    },
    pickMany<Value>(question: PickQuestion<Value>) {
      const box = Object.assign(vscode.window.createQuickPick<PickItem<Value>>(), place, { canSelectMany: true });
      return askPick(box, question);
    },
  };
}

function askText(box: vscode.InputBox, question: TextQuestion): Promise<string> {
  const { prompt, value = '', placeholder, password = false } = question;
  Object.assign(box, { prompt, value, placeholder, password });
  box.onDidChangeValue(() => {
    box.validationMessage = '';
  });
  return answered(box, () => {
    box.validationMessage = question.validate?.(box.value) ?? '';
    return box.validationMessage ? undefined : box.value;
  });
}

function askPick<Value>(
  box: vscode.QuickPick<PickItem<Value>>,
  { placeholder, items }: PickQuestion<Value>,
): Promise<readonly Value[]> {
  Object.assign(box, { placeholder, matchOnDescription: true, matchOnDetail: true, busy: true });
  const loaded = Promise.resolve(items).then((list) => {
    const picked = list.filter((item) => item.picked);
    Object.assign(box, { items: list, selectedItems: box.canSelectMany ? picked : [], busy: false });
    // An empty list would take the first row's place as what Enter chooses.
    if (picked.length > 0) box.activeItems = picked.slice(0, 1);
  });
  const chosen = answered(box, () => {
    const values = box.selectedItems.map(({ value }) => value);
    return values.length > 0 ? values : undefined;
  });
  // A list that cannot be loaded ends the question with its own error.
  return Promise.race([loaded.then(() => chosen), chosen]).finally(() => box.dispose());
}

/** Shows a box until it has an answer, is left, or Back is pressed. */
function answered<Answer>(
  box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  read: () => Answer | undefined,
): Promise<Answer> {
  box.ignoreFocusOut = true;
  if ((box.step ?? 1) > 1) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Answer>((resolve, reject) => {
    box.onDidAccept(() => {
      const answer = read();
      if (answer !== undefined) resolve(answer);
    });
    box.onDidTriggerButton(() => reject(BACK));
    box.onDidHide(() => reject(cancelled()));
    box.show();
  }).finally(() => box.dispose());
}
