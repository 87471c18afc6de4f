/** HTML that is safe to send: only `html` and `dataBlock` make it, and they escape what they are given. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Tag for templates: texts are escaped, other markup stands as it is. Attributes must be in quotes. */
export function html(
  literals: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  const filled = values.map((value, index) => rendered(value) + (literals[index + 1] ?? ''));
  return { markup: (literals[0] ?? '') + filled.join('') };
}

/** Facts for the page's script, in a block that no browser runs. */
export function dataBlock(id: string, facts: unknown): Markup {
  const json = JSON.stringify(facts).replaceAll('<', '\\u003c');
  return { markup: html`<script type="application/json" id="${id}">`.markup + json + '</script>' };
}

function rendered(value: string | Markup | readonly Markup[]): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/gu, (sign) => entities[sign] ?? '');
  if ('markup' in value) return value.markup;
  return value.map(({ markup }) => markup).join('');
}
