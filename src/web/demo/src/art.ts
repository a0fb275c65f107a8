// Drawings of goods, one form a category, coloured by the product: no photographs to license, and every product looks its own.

const forms: Record<string, string> = {
  tents: '<path d="M100 44 22 158h156z" fill="A"/><path d="M100 44 72 158h56z" fill="B"/><path d="M100 44v114" stroke="C" stroke-width="3"/><path d="M12 158h176" stroke="C" stroke-width="5" stroke-linecap="round"/>',
  sleep: '<path d="M58 34h84q14 0 16 16l8 104q0 16-16 16H50q-16 0-16-16l8-104q2-16 16-16z" fill="A"/><path d="M62 34h76q-4 34-38 34T62 34z" fill="B"/><path d="M40 92h120M38 118h124M36 144h128" stroke="C" stroke-width="3" opacity=".6"/>',
  packs: '<path d="M66 52q0-28 34-28t34 28" fill="none" stroke="C" stroke-width="8"/><rect x="46" y="50" width="108" height="124" rx="26" fill="A"/><rect x="60" y="108" width="80" height="52" rx="14" fill="B"/><path d="M46 82h108" stroke="C" stroke-width="5"/><rect x="92" y="74" width="16" height="18" rx="4" fill="C"/>',
  apparel: '<path d="M70 34 28 62l14 40 18-8v76h80V94l18 8 14-40-42-28q-8 20-30 20T70 34z" fill="A"/><path d="M100 54v116" stroke="C" stroke-width="4"/><rect x="112" y="104" width="22" height="26" rx="4" fill="B"/>',
  skincare: '<rect x="82" y="26" width="36" height="30" rx="6" fill="C"/><rect x="60" y="56" width="80" height="118" rx="18" fill="A"/><rect x="74" y="92" width="52" height="46" rx="6" fill="B"/><path d="M100 100q14 16 0 28-14-12 0-28z" fill="A"/>',
  base: '<circle cx="100" cy="108" r="66" fill="A"/><circle cx="100" cy="108" r="48" fill="B"/><path d="M46 72a66 66 0 0 1 108 0" fill="none" stroke="C" stroke-width="8"/><ellipse cx="116" cy="120" rx="28" ry="20" fill="C" opacity=".5"/>',
  lip: '<path d="M82 98V52l36-22v68z" fill="B"/><rect x="76" y="96" width="48" height="30" fill="C"/><rect x="68" y="124" width="64" height="50" rx="6" fill="A"/>',
  body: '<path d="M92 26h30q18 0 18 16h-12v14h-28z" fill="C"/><rect x="56" y="56" width="88" height="118" rx="24" fill="A"/><path d="M56 116q22-18 44 0t44 0v34q0 24-24 24H80q-24 0-24-24z" fill="B"/>',
  phones: '<rect x="58" y="20" width="84" height="160" rx="18" fill="A"/><rect x="66" y="34" width="68" height="126" rx="8" fill="B"/><circle cx="100" cy="27" r="3" fill="C"/><path d="M86 170h28" stroke="C" stroke-width="4" stroke-linecap="round"/>',
  audio: '<path d="M38 118a62 62 0 0 1 124 0" fill="none" stroke="C" stroke-width="12"/><rect x="26" y="108" width="34" height="60" rx="16" fill="A"/><rect x="140" y="108" width="34" height="60" rx="16" fill="A"/><circle cx="43" cy="138" r="8" fill="B"/><circle cx="157" cy="138" r="8" fill="B"/>',
  wearables: '<rect x="78" y="14" width="44" height="172" rx="14" fill="C"/><rect x="54" y="56" width="92" height="88" rx="26" fill="A"/><rect x="64" y="66" width="72" height="68" rx="18" fill="B"/><path d="M100 84v18l12 8" stroke="C" stroke-width="5" fill="none" stroke-linecap="round"/>',
  accessories: '<rect x="44" y="52" width="112" height="76" rx="20" fill="A"/><rect x="60" y="68" width="80" height="44" rx="10" fill="B"/><path d="M100 128v26q0 18 22 18h30" fill="none" stroke="C" stroke-width="8" stroke-linecap="round"/>',
};

/** An SVG of the product as an image address. */
export function art(id: string, category: string, hue: number): string {
  let seed = 7;
  for (const letter of id) seed = (seed * 31 + letter.charCodeAt(0)) % 997;
  const turn = (hue + (seed % 90) - 45 + 360) % 360;
  const colours: Record<string, string> = { A: `hsl(${turn} 34% 46%)`, B: `hsl(${(turn + 24) % 360} 46% 74%)`, C: `hsl(${turn} 30% 26%)` };
  const form = (forms[category] ?? forms["accessories"]!).replace(/"([ABC])"/g, (_, name: string) => `"${colours[name]}"`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="hsl(${turn} 32% 95%)"/><stop offset="1" stop-color="hsl(${turn} 28% 86%)"/></linearGradient></defs><rect width="200" height="200" fill="url(#g)"/><ellipse cx="100" cy="178" rx="70" ry="8" fill="hsl(${turn} 20% 70%)" opacity=".6"/>${form}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
