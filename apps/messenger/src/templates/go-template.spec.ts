import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TemplateExecutionError } from './functions.js';
import { GoTemplate } from './go-template.js';
import { TemplateSyntaxError } from './tokens.js';
import type { Value } from './values.js';

interface Recorded {
  data: Value;
  rendered: [template: string, html: string][];
  unreadable: string[];
  failing: string[];
}

/** What Go's `html/template` made of the same templates and data. */
const recorded = JSON.parse(readFileSync(new URL('./go-template.fixture.json', import.meta.url), 'utf8')) as Recorded;

const html = (template: string, data: Value) => GoTemplate.parse(template).html(data);

describe('GoTemplate', () => {
  it.each(recorded.rendered)('renders %s as Go does', (template, expected) => {
    expect(html(template, recorded.data)).toBe(expected);
  });

  it.each(recorded.unreadable)('refuses %s, as Go does', (template) => {
    expect(() => GoTemplate.parse(template)).toThrow(TemplateSyntaxError);
  });

  it.each(recorded.failing)('fails with %s, as Go does', (template) => {
    expect(() => html(template, recorded.data)).toThrow(TemplateExecutionError);
  });

  it('leaves a document type alone', () => {
    expect(html('<!doctype html><p>{{ .A }}', { A: 1 })).toBe('<!doctype html><p>1');
  });

  it('takes members of a map only, not what JavaScript adds', () => {
    expect(html('[{{ .constructor }}{{ .Data.__proto__ }}{{ index .Data "toString" }}]', { Data: {} })).toBe('[]');
  });

  it('shows nothing for what is missing below what is missing', () => {
    expect(html('[{{ .Data.boss.name.first }}]', { Data: null })).toBe('[]');
  });

  it('ends, whatever a template does', () => {
    expect(() => html('{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}', {})).toThrow('without end');
    const list = Array.from({ length: 1000 }, () => 1);
    expect(() => html('{{ range .l }}{{ range $.l }}.{{ end }}{{ end }}', { l: list })).toThrow('does not end');
    expect(() => GoTemplate.parse('{{ if .a }}'.repeat(5000))).toThrow('nested too deeply');
    expect(() => html('{{ range .n }}.{{ end }}', { n: 1e9 })).toThrow(TemplateExecutionError);
  });

  it('renders plain text without escaping, of known members only', () => {
    expect(GoTemplate.parse('{{ .Code }} & <you>').text({ Code: '<1>' }, ['Code'])).toBe('<1> & <you>');
    expect(() => GoTemplate.parse('{{ .Other }}').text({ Code: '1' }, ['Code'])).toThrow(TemplateExecutionError);
  });

  it('never lets metadata of a user become markup', () => {
    const template =
      '<p title="{{ .d }}" class={{ .d }}>{{ .d }}</p><a href="{{ .d }}">x</a><a href=\'https://x/?q={{ .d }}\'>y</a>' +
      '<b style="color: {{ .d }}">z</b><title>{{ .d }}</title><script>a = {{ .d }}; b = "{{ .d }}"</script>';
    const harmless = structure(html(template, { d: 'x' }));
    const nasty = fc.string({ unit: fc.constantFrom(...'<>"\'`= /\\()&#;:{}-!\n\0ajvscriptonhref'.split('')) });
    fc.assert(
      fc.property(nasty, (d) => expect(structure(html(template, { d }))).toBe(harmless)),
      { numRuns: 5000 },
    );
    expect(html('<a href="{{ .d }}">', { d: 'JavaScript:alert(1)' })).toBe('<a href="#ZgotmplZ">');
  });
});

/** The tags and the names of their attributes, in order. */
function structure(document: string): string {
  return [...document.matchAll(/<\/?\w+(?:[^>"']|"[^"]*"|'[^']*')*>/g)]
    .map(([tag]) => tag.replace(/"[^"]*"|'[^']*'/g, '""').replace(/=[^\s">]+/g, '=""'))
    .join('');
}
