/** The browser's time zones, with the store's own even where the browser does not know it. */
export function timeZones(present: string): string[] {
  const known = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
  return [...new Set([present, "UTC", ...known])];
}
