import type { Kitfile, ModelPart } from '../model.ts';
import { type MapNode, valueAt } from '../nodes.ts';
import type { Problem } from '../problem.ts';
import { errorAt, quoted } from '../problems.ts';
import { entryKey } from '../toKitfile.ts';

const MAX_LENGTH = 64;

/** The type of a part is a short word (spec 1.5). */
export function partTypeProblems({ model }: Kitfile, places: ReadonlyMap<string, MapNode>): readonly Problem[] {
  return (model?.parts ?? []).flatMap((part, index) => {
    const message = complaint(part);
    const place = places.get(entryKey({ section: 'model.parts', index }));
    if (!message || !place) return [];
    return [errorAt('KITFILE_RULE', 'part-type', message, (valueAt(place, 'type') ?? place).range)];
  });
}

function complaint({ type = '' }: ModelPart): string | undefined {
  if (type === '') return undefined;
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(type))
    return `The type ${quoted(type)} can have letters, digits, dots, dashes and underscores only, and no dot or dash in front.`;
  return Buffer.byteLength(type) > MAX_LENGTH ? 'The type of a part can have at most 64 characters.' : undefined;
}
