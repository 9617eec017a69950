import { callFunction, isTrue, shown } from './functions.ts';
import { type Expression, invalid, type Node, parseTemplate } from './parse.ts';

type Scope = ReadonlyMap<string, unknown>;

/**
 * Makes a function of a Go template: data in, text out.
 * @throws EngineError INPUT_INVALID here for a template that cannot be read, later for a field that does not exist
 */
export function compileTemplate(source: string): (data: unknown) => string {
  const nodes = parseTemplate(source);
  return (data) =>
    renderAll(
      nodes,
      new Map([
        ['.', data],
        ['$', data],
      ]),
    );
}

function renderAll(nodes: readonly Node[], outer: Scope): string {
  let scope = outer;
  let text = '';
  for (const node of nodes)
    if (node.type === 'set') scope = new Map([...scope, [node.variable, evaluate(node.value, scope)]]);
    else text += renderNode(node, scope);
  return text;
}

function renderNode(node: Exclude<Node, { type: 'set' }>, scope: Scope): string {
  if (node.type === 'text') return node.text;
  const value = evaluate(node.value, scope);
  if (node.type === 'print') return shown(value);
  if (node.type === 'range') return renderRange(node, value, scope);
  if (!isTrue(value)) return renderAll(node.otherwise, scope);
  const inner = new Map(scope);
  if (node.variables[0]) inner.set(node.variables[0], value);
  if (node.type === 'with') inner.set('.', value);
  return renderAll(node.body, inner);
}

function renderRange(node: Extract<Node, { variables: unknown }>, value: unknown, scope: Scope): string {
  if (!Array.isArray(value)) throw invalid(`range needs a list, not ${shown(value)}`);
  if (value.length === 0) return renderAll(node.otherwise, scope);
  const [key, item] = node.variables.length === 2 ? node.variables : [undefined, node.variables[0]];
  return value.map((element, at) => renderAll(node.body, withElement(scope, element, at, key, item))).join('');
}

function withElement(scope: Scope, element: unknown, at: number, key?: string, item?: string): Scope {
  const inner = new Map(scope);
  inner.set('.', element);
  if (key) inner.set(key, at);
  if (item) inner.set(item, element);
  return inner;
}

function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'path':
      return expression.fields.reduce(field, variable(expression.variable, scope));
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((argument) => evaluate(argument, scope)),
      );
  }
}

function variable(name: string, scope: Scope): unknown {
  if (scope.has(name)) return scope.get(name);
  throw invalid(`the variable ${name} is not set`);
}

function field(value: unknown, name: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, name))
    return (value as Readonly<Record<string, unknown>>)[name];
  throw invalid(`there is no field ${name}`);
}
