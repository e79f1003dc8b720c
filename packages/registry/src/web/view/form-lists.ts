import { html, type Html } from '../html';

/** Several of a list. */
export function checkboxes(
  legend: string,
  name: string,
  values: readonly string[],
  chosen: readonly string[],
): Html {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${values.map(
      (value) =>
        html`<label class="check"
          ><input
            type="checkbox"
            name="${name}"
            value="${value}"
            ${chosen.includes(value) && html`checked`}
          />
          ${value}</label
        >`,
    )}
  </fieldset>`;
}

/** One of a list. */
export function choice(
  label: string,
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${options.map(
        ([value, text]) =>
          html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`,
      )}
    </select></label
  >`;
}
