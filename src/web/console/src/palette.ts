/** How well a typed text fits a name: 0 does not fit. Whole words before beginnings, beginnings before what is inside. */
export function fit(typed: string, name: string, hidden = ""): number {
  const wanted = typed.normalize("NFKC").toLowerCase().split(/\s+/).filter((word) => word !== "");
  const shown = name.normalize("NFKC").toLowerCase();
  const more = hidden.toLowerCase();
  let score = 1;
  for (const word of wanted) {
    const at = shown.indexOf(word);
    if (at === 0) {
      score += 4;
    } else if (at > 0) {
      score += /[\s,.:;/-]/.test(shown[at - 1] ?? "") ? 3 : 2;
    } else if (more.includes(word)) {
      score += 1;
    } else {
      return 0;
    }
  }
  return score - shown.length / 1000;
}

export function best<T extends { label: string; hidden?: string }>(typed: string, choices: readonly T[], most: number): T[] {
  return choices
    .map((choice) => ({ choice, score: fit(typed, choice.label, choice.hidden) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((found) => found.choice);
}
