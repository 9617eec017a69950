import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../cli/template/render.ts';

const kit = { Repo: 'team/model', Tags: ['1.0.0', 'latest'], Size: '1.2 KiB', ModelName: 'm', Author: '<none>' };
const render = (template: string) => compileTemplate(template)(kit);

describe('a Go template over a listed ModelKit', () => {
  it.each([
    ['{{.Repo}}', 'team/model'],
    ['{{ .Repo }}: {{ .Size }}', 'team/model: 1.2 KiB'],
    ['{{.Tags}}', '[1.0.0 latest]'],
    ['{{len .Tags}}', '2'],
    ['{{index .Tags 1}}', 'latest'],
    ['{{range .Tags}}{{.}};{{end}}', '1.0.0;latest;'],
    ['{{range $i, $t := .Tags}}{{if $i}}, {{end}}{{$.Repo}}:{{$t}}{{end}}', 'team/model:1.0.0, team/model:latest'],
    ['{{range $t := .Tags}}{{$t}} {{end}}', '1.0.0 latest '],
    ['{{if eq .Author "<none>"}}nobody{{else}}{{.Author}}{{end}}', 'nobody'],
    ['{{if not .Tags}}a{{else if .Repo}}b{{else}}c{{end}}', 'b'],
    ['{{with .ModelName}}[{{.}}]{{end}}', '[m]'],
    ['{{printf "%-12s|%5s|" .Repo .ModelName}}', 'team/model  |    m|'],
    ['{{.Repo | printf "%q"}}', '"team/model"'],
    ['{{(index .Tags 0) | len}}', '5'],
    ['a {{- /* gone */ -}} b', 'ab'],
    ['a\n{{- .ModelName -}}\nb', 'amb'],
    ['{{"}}"}}{{`"`}}', '}}"'],
    ['{{$name := .ModelName}}{{$name}}{{$name}}', 'mm'],
    ['plain', 'plain'],
  ])('renders %s', (template, text) => {
    expect(render(template)).toBe(text);
  });

  it.each([
    ['{{.Nope}}', 'there is no field Nope'],
    ['{{range .Tags}}', '{{range}} has no {{end}}'],
    ['{{end}}', 'there is an {{end}} or {{else}} too many'],
    ['{{.Repo', 'an action is not closed by }}'],
    ['{{shout .Repo}}', 'there is no function "shout"'],
    ['{{range .Repo}}{{end}}', 'range needs a list, not team/model'],
    ['{{.__proto__}}', 'there is no field __proto__'],
    ['{{$x}}', 'the variable $x is not set'],
    ['{{index .Tags 7}}', 'index 7 is not in the list'],
    ['{{.Repo ! }}', '"!" is not understood'],
  ])('refuses %s', (template, why) => {
    expect(() => render(template)).toThrow(why);
  });
});
