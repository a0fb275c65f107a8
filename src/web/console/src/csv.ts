/** Rows of a CSV file (RFC 4180), each with the line it begins on. A byte order mark is skipped; ";" separates where the first line has more of them. */
export function readCsv(text: string): { line: number; cells: string[] }[] {
  const source = text.replace(/^\ufeff/, "");
  const head = source.slice(0, source.search(/\r|\n|$/));
  const separator = (head.match(/;/g)?.length ?? 0) > (head.match(/,/g)?.length ?? 0) ? ";" : ",";
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  let began = 1;
  const endRow = () => {
    cells.push(cell);
    if (cells.some((c) => c.trim() !== "")) {
      rows.push({ line: began, cells });
    }
    cells = [];
    cell = "";
  };
  for (let at = 0; at < source.length; at++) {
    const letter = source[at]!;
    if (quoted) {
      if (letter === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (letter === '"') {
        quoted = false;
      } else {
        cell += letter;
        line += letter === "\n" ? 1 : 0;
      }
    } else if (letter === '"' && cell === "") {
      quoted = true;
    } else if (letter === separator) {
      cells.push(cell);
      cell = "";
    } else if (letter === "\n" || letter === "\r") {
      at += letter === "\r" && source[at + 1] === "\n" ? 1 : 0;
      endRow();
      line++;
      began = line;
    } else {
      cell += letter;
    }
  }
  endRow();
  return rows;
}

/** A cell as a spreadsheet takes it for text: quoted, and never for a formula. */
export const csvCell = (text: string | number | undefined | null): string => `"${String(text ?? "").replaceAll('"', '""').replace(/^([=+\-@\t\r])/, "'$1")}"`;

/** With a byte order mark: spreadsheets read Korean and Chinese only then. */
export const csvBlob = (rows: (string | number | undefined | null)[][]): Blob =>
  new Blob(["\ufeff" + rows.map((row) => row.map((cell) => (typeof cell === "number" ? String(cell) : csvCell(cell))).join(",")).join("\r\n")], { type: "text/csv;charset=utf-8" });
