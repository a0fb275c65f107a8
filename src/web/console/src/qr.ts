import qrcode from "qrcode-generator";

/** A QR code as one path of an SVG, drawn here: its content is a secret and goes nowhere. @returns The path and the side in modules. */
export function qrPath(text: string): { path: string; size: number } {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (code.isDark(y, x)) {
        path += `M${x} ${y}h1v1h-1z`;
      }
    }
  }
  return { path, size };
}
