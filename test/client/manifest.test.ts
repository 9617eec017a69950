import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTING_RULES } from '../../client/config.ts';
import {
  KITFILE_LANGUAGE,
  NEEDS_TRUST,
  REGISTRIES_VIEW,
  STORE_VIEW,
  TASK_TYPE,
  VIEW_CONTAINER,
} from '../../client/contributions.ts';
import { TASK_FIELDS, TASK_VERBS } from '../../client/tasks/taskDefinition.ts';
import { contributes, type MenuItem, manifest, settings } from './support/manifest.ts';
import { json, root, sources } from './support/sources.ts';

const commands = contributes.commands.map(({ command }) => command);
const menuItems: readonly MenuItem[] = Object.values(contributes.menus).flat();
const table = readFileSync(join(root, 'client/commands/commands.ts'), 'utf8');
const whens = [...menuItems, ...contributes.keybindings].map(({ when = '' }) => when);

describe('the commands', () => {
  it('are the same in the table and in package.json', () => {
    const inTable = [...table.matchAll(/^ {2}'(modelkit\.\w+)':/gm)].map(([, id]) => id);
    expect(inTable.sort()).toEqual([...commands].sort());
  });

  it('all belong to ModelKit', () => {
    expect(contributes.commands.filter(({ category }) => category !== 'ModelKit')).toEqual([]);
  });

  it('are the only ones that menus and keys name', () => {
    const named = [...menuItems, ...contributes.keybindings].flatMap(({ command }) => command ?? []);
    expect(named.filter((command) => !commands.includes(command))).toEqual([]);
  });

  it('that write wait for trust in the palette, in menus and when called', () => {
    const waiting = contributes.commands.filter(({ enablement = '' }) => enablement.includes('isWorkspaceTrusted'));
    expect(waiting.map(({ command }) => command).sort()).toEqual([...NEEDS_TRUST].sort());
    const open = menuItems.filter(
      ({ command, when = '' }) =>
        NEEDS_TRUST.some((id) => id === command) && when !== '' && !when.includes('isWorkspaceTrusted'),
    );
    expect(open).toEqual([]);
  });

  it('that need a node are not in the palette', () => {
    const hidden = (contributes.menus.commandPalette ?? []).filter(({ when }) => when === 'false');
    expect(hidden.map(({ command }) => command)).toEqual([
      'modelkit.loadMore',
      'modelkit.copyReference',
      'modelkit.copyDigest',
    ]);
  });
});

describe('a good guest', () => {
  it('stays within its budgets', () => {
    expect(commands.length).toBeLessThanOrEqual(45);
    expect(Object.keys(settings).length).toBeLessThanOrEqual(40);
    expect(contributes.keybindings.length).toBeLessThanOrEqual(3);
    expect(contributes.menus['editor/title']?.length).toBe(1);
  });

  it('takes keys in its own views only', () => {
    expect(contributes.keybindings.filter(({ when }) => !when.startsWith('focusedView'))).toEqual([]);
  });

  it('is activated by nothing that is not ours', () => {
    expect(manifest.activationEvents).toEqual(['onTaskType:modelkit', 'onWebviewPanel:modelkit.explorer']);
  });

  it('shows its menu entries on ModelKits, Kitfiles and their folders only', () => {
    const anywhere = menuItems.filter(({ when, submenu }) => submenu !== undefined && when === undefined);
    expect(anywhere).toEqual([]);
    expect((contributes.menus['explorer/context'] ?? []).map(({ when = '' }) => /[Kk]itfile/.test(when))).toEqual([
      true,
      true,
    ]);
  });
});

describe('the settings', () => {
  it('are the same in the code and in package.json, with the same defaults', () => {
    const inCode = Object.entries(SETTING_RULES).map(([name, { fallback }]) => [name, fallback]);
    const described = Object.entries(settings).map(([name, schema]) => [name, schema.default]);
    expect(described.sort()).toEqual(inCode.sort());
  });

  it('accept every value that package.json lists', () => {
    const listed = Object.entries(settings).flatMap(([name, schema]) =>
      (schema.enum ?? []).map((value) => [name, value] as const),
    );
    const refused = listed.filter(([name, value]) => !SETTING_RULES[name as keyof typeof SETTING_RULES].accepts(value));
    expect(listed.length).toBeGreaterThan(5);
    expect(refused).toEqual([]);
  });

  it('that name a path, host or limit belong to the machine and are not taken from an untrusted workspace', () => {
    const ofMachine = Object.keys(settings).filter((name) => settings[name]?.scope === 'machine');
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(ofMachine.filter((name) => !restricted.includes(name))).toEqual([]);
    expect(restricted.filter((name) => !(name in settings))).toEqual([]);
  });
});

describe('views, tasks and context keys', () => {
  it('have the names that the code uses', () => {
    expect(contributes.viewsContainers.activitybar.map(({ id }) => id)).toEqual([VIEW_CONTAINER]);
    expect(contributes.views[VIEW_CONTAINER]?.map(({ id }) => id)).toEqual([STORE_VIEW, REGISTRIES_VIEW]);
    expect(contributes.viewsWelcome.map(({ view }) => view)).toEqual([STORE_VIEW, STORE_VIEW, REGISTRIES_VIEW]);
    expect(json<{ contributes: { languages: { id: string }[] } }>('package.json').contributes.languages[0]?.id).toBe(
      KITFILE_LANGUAGE,
    );
  });

  it('describe the fields of a task as the code reads them', () => {
    const [definition] = contributes.taskDefinitions;
    expect(definition?.type).toBe(TASK_TYPE);
    expect(Object.keys(definition?.properties ?? {}).sort()).toEqual(['verb', ...Object.keys(TASK_FIELDS)].sort());
    expect(definition?.properties.verb).toMatchObject({ enum: TASK_VERBS });
  });

  it('read only context keys that are set', () => {
    const code = [...sources('client').values()].join('\n');
    const keys = new Set(whens.flatMap((when) => when.match(/\bmodelkit\.\w+/g) ?? []));
    const ours = [...keys].filter((key) => !commands.includes(key) && key !== STORE_VIEW && key !== REGISTRIES_VIEW);
    expect(ours.filter((key) => !code.includes(`setContext('${key}'`))).toEqual([]);
    expect(ours).toContain('modelkit.kitfileFolders');
  });

  it('have the pictures that they name', () => {
    const [container] = contributes.viewsContainers.activitybar;
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps.map(({ media }) => media.svg));
    const files = [manifest.icon, container?.icon ?? '', ...steps];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(steps.length).toBeLessThanOrEqual(6);
  });
});

describe('the problem matcher', () => {
  const pattern = new RegExp(contributes.problemMatchers[0]?.pattern.regexp ?? '');

  it('reads what `modelkit check` and the tasks print', () => {
    const line = '/home/ada/a b/Kitfile:12:3: error PATH_NOT_FOUND path-missing: There is no data/x.csv.';
    expect(pattern.exec(line)?.slice(1)).toEqual([
      '/home/ada/a b/Kitfile',
      '12',
      '3',
      'error',
      'PATH_NOT_FOUND',
      'There is no data/x.csv.',
    ]);
  });

  it('takes information for what VS Code calls info', () => {
    expect(pattern.exec('Kitfile:1:1: information PORTABILITY case: Names differ.')?.[4]).toBe('info');
  });
});
