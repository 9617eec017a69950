import { EngineError } from '#engine';

/** An expression of a Go template: a value, or functions that feed each other. */
export type Expression =
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  /** `.Repo`, `$`, `$tag`: a start and the fields after it. */
  | { readonly type: 'path'; readonly variable: string; readonly fields: readonly string[] }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'print'; readonly value: Expression }
  | { readonly type: 'set'; readonly variable: string; readonly value: Expression }
  | {
      readonly type: 'if' | 'with' | 'range';
      readonly value: Expression;
      /** Names for key and value, as in `range $i, $tag := .Tags`. */
      readonly variables: readonly string[];
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    };

const ACTION = /\{\{(-\s)?((?:"(?:[^"\\]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|[^"`])*?)(\s-)?\}\}/g;
const TOKEN =
  /\s*("(?:[^"\\]|\\.)*"|`[^`]*`|\$\w*(?:\.\w+)*|\.[A-Za-z_]\w*(?:\.\w+)*|\.|:=|[,|()]|-?\d+|[A-Za-z_]\w*)/y;

/**
 * Reads the part of Go's text/template that listings need: fields, variables, pipes, if, with, range, comments, trimming.
 * @throws EngineError INPUT_INVALID naming what cannot be read
 */
export function parseTemplate(source: string): readonly Node[] {
  const pieces = splitActions(source);
  const { nodes, end } = readBlock(pieces, 0);
  if (end < pieces.length) throw invalid('there is an {{end}} or {{else}} too many');
  return nodes;
}

export function invalid(why: string): EngineError {
  return new EngineError('INPUT_INVALID', `The template cannot be used: ${why}.`, {
    advice: "An example that works: --format '{{.Repo}} {{.Size}}'.",
  });
}

type Piece = { readonly text: string } | { readonly action: readonly string[] };

function splitActions(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimNext = false;
  const addText = (raw: string, trimEnd: boolean) => {
    const left = trimNext ? raw.trimStart() : raw;
    pieces.push({ text: trimEnd ? left.trimEnd() : left });
  };
  for (const match of source.matchAll(ACTION)) {
    addText(source.slice(at, match.index), match[1] !== undefined);
    trimNext = match[3] !== undefined;
    const code = match[2]?.trim() ?? '';
    if (!code.startsWith('/*')) pieces.push({ action: tokens(code) });
    at = match.index + match[0].length;
  }
  addText(source.slice(at), false);
  if (pieces.some((piece) => 'text' in piece && piece.text.includes('{{')))
    throw invalid('an action is not closed by }}');
  return pieces;
}

function tokens(code: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < code.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(code);
    if (!match?.[1]) throw invalid(`"${code.slice(at).trim()}" is not understood`);
    found.push(match[1]);
  }
  return found;
}

interface Block {
  readonly nodes: readonly Node[];
  /** Where it stopped: at `end`, at `else`, or past the last piece. */
  readonly end: number;
}

function readBlock(pieces: readonly Piece[], start: number): Block {
  const nodes: Node[] = [];
  let at = start;
  while (at < pieces.length) {
    const piece = pieces[at] as Piece;
    if ('text' in piece) {
      nodes.push({ type: 'text', text: piece.text });
      at += 1;
    } else if (piece.action[0] === 'end' || piece.action[0] === 'else') break;
    else {
      const { node, end } = readAction(pieces, at, piece.action);
      nodes.push(node);
      at = end;
    }
  }
  return { nodes, end: at };
}

function readAction(pieces: readonly Piece[], at: number, action: readonly string[]): { node: Node; end: number } {
  const [first, second] = action;
  if (first === 'if' || first === 'with' || first === 'range') return readControl(pieces, at, first, action.slice(1));
  if (first?.startsWith('$') && second === ':=')
    return { node: { type: 'set', variable: first, value: readPipeline(action.slice(2)) }, end: at + 1 };
  return { node: { type: 'print', value: readPipeline(action) }, end: at + 1 };
}

function readControl(
  pieces: readonly Piece[],
  at: number,
  type: 'if' | 'with' | 'range',
  head: readonly string[],
): { node: Node; end: number } {
  const assign = head.indexOf(':=');
  const variables = head.slice(0, Math.max(0, assign)).filter((token) => token !== ',');
  const value = readPipeline(head.slice(assign + 1));
  const body = readBlock(pieces, at + 1);
  const stop = actionAt(pieces, body.end, type);
  if (stop[0] === 'end')
    return { node: { type, value, variables, body: body.nodes, otherwise: [] }, end: body.end + 1 };
  if (stop[1] === 'if') {
    const nested = readControl(pieces, body.end, 'if', stop.slice(2));
    return { node: { type, value, variables, body: body.nodes, otherwise: [nested.node] }, end: nested.end };
  }
  const other = readBlock(pieces, body.end + 1);
  if (actionAt(pieces, other.end, type)[0] !== 'end') throw invalid(`{{${type}}} has two {{else}}`);
  return { node: { type, value, variables, body: body.nodes, otherwise: other.nodes }, end: other.end + 1 };
}

function actionAt(pieces: readonly Piece[], at: number, type: string): readonly string[] {
  const piece = pieces[at];
  if (piece && 'action' in piece) return piece.action;
  throw invalid(`{{${type}}} has no {{end}}`);
}

/** `a | f b`: the value before a bar is the last argument of what follows. */
function readPipeline(all: readonly string[]): Expression {
  const queue = [...all];
  const value = readPipe(queue);
  if (queue.length > 0) throw invalid(`"${queue[0]}" is not expected here`);
  return value;
}

function readPipe(queue: string[]): Expression {
  let value = readCommand(queue, []);
  while (queue[0] === '|') {
    queue.shift();
    value = readCommand(queue, [value]);
  }
  return value;
}

function readCommand(queue: string[], last: readonly Expression[]): Expression {
  const name = queue[0];
  if (!name || !/^[A-Za-z]/.test(name) || name === 'true' || name === 'false') {
    if (last.length > 0) throw invalid('a bar must be followed by a function');
    return readOperand(queue);
  }
  queue.shift();
  const args: Expression[] = [];
  while (queue.length > 0 && queue[0] !== '|' && queue[0] !== ')') args.push(readOperand(queue));
  return { type: 'call', name, args: [...args, ...last] };
}

function readOperand(queue: string[]): Expression {
  const token = queue.shift();
  if (token === undefined) throw invalid('a value is missing');
  if (token === '(') {
    const inner = readPipe(queue);
    if (queue.shift() !== ')') throw invalid('a ) is missing');
    return inner;
  }
  if (token.startsWith('`')) return { type: 'literal', value: token.slice(1, -1) };
  if (token.startsWith('"')) return { type: 'literal', value: unquote(token) };
  if (/^-?\d+$/.test(token)) return { type: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { type: 'literal', value: token === 'true' };
  if (token.startsWith('.') || token.startsWith('$')) return path(token);
  throw invalid(`"${token}" is not expected here`);
}

function path(token: string): Expression {
  const [variable = '', ...fields] = token.split('.');
  return { type: 'path', variable: variable || '.', fields: fields.filter((field) => field !== '') };
}

function unquote(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    throw invalid(`the text ${token} has an escape that is not understood`);
  }
}
