type Child = Node | string | number | false | undefined | null;
type Props = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** Makes an element; functions become listeners, text stays text. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== false && child !== undefined && child !== null).map((child) => (typeof child === "number" ? String(child) : (child as Node | string))));
  return element;
}
