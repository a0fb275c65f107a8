interface Policies {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown;
}

/** The nonce of this visit's page; the component library's style elements carry it. */
export const pageNonce = (): string => document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce ?? "";

/**
 * The page's policy lets no text become markup (require-trusted-types-for 'script'). The component library writes its style elements
 * through innerHTML, so text without a "<" is let through: no element can come of it. Everything else stays refused.
 */
export function guardSinks(): void {
  (window as { trustedTypes?: Policies }).trustedTypes?.createPolicy("default", {
    createHTML: (text) => {
      if (text.includes("<")) {
        throw new TypeError("Markup from text is refused.");
      }
      return text;
    },
  });
}
