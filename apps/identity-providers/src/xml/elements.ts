import type { Element, Node } from '@xmldom/xmldom';

export const NS = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
} as const;

const ELEMENT_NODE = 1;

/** Elements right below, of a name when one is given. */
export function children(parent: Node, namespace?: string, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === ELEMENT_NODE && (name === undefined || is(node as Element, namespace!, name)))
      found.push(node as Element);
  }
  return found;
}

/** The first of these, if any. */
export function child(parent: Node, namespace: string, name: string): Element | undefined {
  return children(parent, namespace, name)[0];
}

export function is(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

/** The element and everything below it, in the order of the document. */
export function* descendants(root: Element): Generator<Element> {
  yield root;
  for (const element of children(root)) yield* descendants(element);
}

/** All text below, comments left out: a comment in the middle never cuts it short. */
export function textOf(element: Element | undefined): string {
  return element?.textContent?.trim() ?? '';
}

/** Undefined when absent. */
export function attribute(element: Element, name: string): string | undefined {
  return element.getAttribute(name) ?? undefined;
}
