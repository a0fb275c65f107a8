/** Hands a file that came over an authorised call to the browser. */
export function saveAs(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.rel = "noopener";
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // Some browsers start reading only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** An id of the form the server takes from clients: 8 to 64 of A-Za-z0-9_-. */
export function makeId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return `${prefix}-${today().replaceAll("-", "")}-${Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("")}`;
}
