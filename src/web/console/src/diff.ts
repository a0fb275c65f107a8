export interface Piece {
  text: string;
  kind: "same" | "gone" | "new";
}

const mostCells = 250_000;

/** Words where a script has them, signs where it has none. */
const tokens = (text: string): string[] => text.match(/[\p{Script=Han}\p{Script=Hangul}]|[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu) ?? [];

/** What was taken out of one text and put into the other: the longest common run of words stays. */
export function difference(before: string, after: string): Piece[] {
  const a = tokens(before);
  const b = tokens(after);
  if (a.length * b.length > mostCells) {
    return [{ text: before, kind: "gone" }, { text: after, kind: "new" }];
  }
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? longest[(i + 1) * width + j + 1]! + 1 : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const pieces: Piece[] = [];
  const add = (text: string, kind: Piece["kind"]) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) {
      last.text += text;
    } else {
      pieces.push({ text, kind });
    }
  };
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(a[i]!, "same");
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)) {
      add(a[i]!, "gone");
      i++;
    } else {
      add(b[j]!, "new");
      j++;
    }
  }
  return pieces;
}

/** Whether the two have enough in common to be shown as one text with marks. */
export function isClose(before: string, after: string): boolean {
  const same = difference(before, after).filter((p) => p.kind === "same").reduce((sum, p) => sum + p.text.length, 0);
  return same * 2 >= Math.max(before.length, after.length);
}
