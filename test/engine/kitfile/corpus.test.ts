import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseKitfile } from '../../../engine/kitfile/parse.ts';
import { configOf, findings } from '../../support/kitfileText.ts';

interface Verdict {
  readonly config?: string;
  readonly refused?: string;
}

const corpus = new URL('../../fixtures/corpus/', import.meta.url);
const verdicts = Object.entries(
  JSON.parse(readFileSync(new URL('verdicts.json', corpus), 'utf8')) as Readonly<Record<string, Verdict>>,
).map(([name, verdict]) => ({ name, text: readFileSync(new URL(name, corpus)), ...verdict }));

describe('a real Kitfile that kit takes', () => {
  const taken = verdicts.filter(({ refused, config }) => refused === undefined && !config?.includes('v1alpha1'));

  it.each(taken)('$name gives the config that kit makes of it', ({ text, config }) => {
    expect(configOf(text)).toBe(config);
  });
});

describe('a real Kitfile that kit 1.7 refuses', () => {
  it.each([
    ['kitops-ml__kitops@22dd67c/examples/onnx/Kitfile', 'error unknown-key "models"'],
    ['kitops-ml__pykitops/tests/fixtures/Kitfile_base_thru_model', 'error part-type'],
    ['scryptoginger__public_ml_model_use@191b875/Kitfile', 'error unknown-key "schemaVersion"'],
    ['arnab2001__KitOps-kitops-governance-demo@d867fbf/model-artifacts/Kitfile', 'error unknown-key "parameters"'],
    ['kitops-ml__pykitops/tests/fixtures/kitfile_null', 'error duplicate-path'],
  ])('%s is refused at its place', (name, finding) => {
    expect(findings(readFileSync(new URL(name, corpus))).join('\n')).toContain(finding);
  });

  it.each([
    'arnab2001__kitops-voice-llm-demo/Kitfile',
    'arnab2001__kitops-voice-llm-demo/models/llm/Kitfile',
    'nathan-young1__test-kitops-github-action/Kitfile',
  ])('%s is taken, since newer kits know prompts', (name) => {
    const { problems, kitfile } = parseKitfile(readFileSync(new URL(name, corpus)));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(kitfile?.prompts?.length).toBeGreaterThan(0);
  });
});
