import { html } from './html';

const hostile = `</title><script>alert("1")</script>'&`;

describe('html', () => {
  it('escapes every value, in texts and in attributes', () => {
    const page = html`<p title="${hostile}">${hostile}</p>`.toString();
    const escaped = '&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;';
    expect(page).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('keeps markup that it made itself, also in lists', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}`.toString()).toBe('<li>a</li><li>&lt;b&gt;</li>');
  });

  it('shows nothing for what is not there, and zero for zero', () => {
    expect(html`${undefined}${null}${false}${0}`.toString()).toBe('0');
  });

  it('takes no object that merely looks like markup', () => {
    const forged = { toString: () => '<script>' } as unknown as string;
    expect(() => html`${forged}`.toString()).toThrow();
  });

  it('refuses a value in an attribute without quotes', () => {
    expect(() => html`<a href=${'x'}></a>`).toThrow('without quotes');
  });
});
