import type { Kitfile } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { Problem, TextRange } from '../problem.ts';
import { errorAt, quoted } from '../problems.ts';
import { entryKey } from '../toKitfile.ts';

/** MCP servers have names of their own and are `.mcpb` files (spec 1.5); that both are there is for the schema. */
export function serverProblems({ mcpServers = [] }: Kitfile, places: ReadonlyMap<string, MapNode>): readonly Problem[] {
  const first = new Map<string, TextRange>();
  return mcpServers.flatMap(({ name = '', path = '' }, index) => {
    const place = places.get(entryKey({ section: 'mcpServers', index }));
    if (!place) return [];
    const problems = path === '' || path.endsWith('.mcpb') ? [] : [wrongSuffix(path, at(place, 'path'))];
    const other = first.get(name);
    const range = at(place, 'name');
    if (!other) first.set(name, range);
    return other && name !== '' ? [...problems, sameName(name, range, other)] : problems;
  });
}

function wrongSuffix(path: string, range: TextRange): Problem {
  return errorAt('KITFILE_RULE', 'mcp-suffix', `${quoted(path)} must be a file that ends in .mcpb.`, range);
}

function sameName(name: string, range: TextRange, other: TextRange): Problem {
  const related = [{ range: other, message: `${quoted(name)} is first here.` }];
  const message = `Another MCP server has the name ${quoted(name)}. Give each one a name of its own.`;
  return errorAt('KITFILE_RULE', 'mcp-name', message, range, { related });
}

function at(place: MapNode, key: string): TextRange {
  return (valueAt(place, key) ?? place).range;
}
