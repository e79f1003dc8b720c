/** Markup that may be sent as it is. Nothing but `html` makes it, so no text gets into a page unescaped. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** For `html` alone: of a template, the fixed parts as they are and the values escaped. */
  static of(parts: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    const texts = parts.map((part, index) => {
      if (index === values.length) return part;
      if (/=\s*$/.test(part)) throw new Error(`an attribute without quotes: ${part.slice(-40)}`);
      return part + toMarkup(values[index]);
    });
    return new Html(texts.join(''));
  }

  toString(): string {
    return this.#markup;
  }
}

/** What stands in a template: markup as it is, all else as text, what is not there as nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/** A template of markup. Values go into text and into attributes in quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.of(parts, values);
}

function toMarkup(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(toMarkup).join('');
  return String(value).replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
