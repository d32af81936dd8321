import type { Element } from '@xmldom/xmldom';
import type { AttributeMapping, MappedAttribute } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { Json } from '@usher/contracts/user-object';
import { attribute, children, NS, textOf } from '../xml/elements.js';

/** Values of an assertion's attributes, by name and by friendly name. */
export interface SamlAttribute {
  names: string[];
  values: string[];
}

export function readAttributes(assertion: Element): SamlAttribute[] {
  const statements = children(assertion, NS.assertion, 'AttributeStatement');
  return statements
    .flatMap((statement) => children(statement, NS.assertion, 'Attribute'))
    .map((element) => ({
      names: [attribute(element, 'Name') ?? '', attribute(element, 'FriendlyName') ?? ''].filter(Boolean),
      values: children(element, NS.assertion, 'AttributeValue').map(textOf),
    }));
}

/** All values that are not empty, of every attribute of that name in any case of letters. */
export function valuesOf(attributes: SamlAttribute[], name: string): string[] {
  const wanted = name.toLowerCase();
  const found = attributes.filter(({ names }) => names.some((given) => given.toLowerCase() === wanted));
  return found.flatMap(({ values }) => values).filter((value) => value !== '');
}

/** The claims that a provider's mapping makes of the attributes (sso-saml.md §6.3). */
export function mapAttributes(attributes: SamlAttribute[], mapping: AttributeMapping): Record<string, Json> {
  const claims: [string, Json][] = [];
  for (const [claim, mapped] of Object.entries(mapping.keys ?? {})) {
    const value = mapOne(attributes, mapped);
    if (value !== undefined) claims.push([claim, value]);
  }
  return Object.fromEntries(claims);
}

function mapOne(
  attributes: SamlAttribute[],
  { name, names = [], default: initial, array }: MappedAttribute,
): Json | undefined {
  for (const candidate of [...(name ? [name] : []), ...names]) {
    const values = valuesOf(attributes, candidate);
    if (values.length) return array ? values : values[0];
  }
  return initial ?? undefined;
}
