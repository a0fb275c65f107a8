// Trains and measures intent classifiers from npm and SmartService's own on one split, one after the other, and prints a table.
//
//   npm ci && node peers.mjs --train TRAIN.tsv --test TEST.tsv [--valid VALID.tsv] [--only ours,fasttext,nlpjs] [--json OUT]
//
// Files hold lines of text, tab, intent. Rates are of one thread, text in, best intent out, after a warm-up; the best of three rounds.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const rounds = 3
const { values: options } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    valid: { type: 'string' },
    only: { type: 'string', default: 'ours,fasttext,nlpjs' },
    json: { type: 'string' },
  },
})
if (!options.train || !options.test) {
  console.error('Usage: node peers.mjs --train TRAIN.tsv --test TEST.tsv [--valid VALID.tsv] [--only ours,fasttext,nlpjs] [--json OUT]')
  process.exit(2)
}

const train = read(options.train)
const test = read(options.test)
const wanted = new Set(options.only.split(','))
const rows = []
if (wanted.has('ours')) rows.push(ours())
if (wanted.has('fasttext')) rows.push(await fastText())
if (wanted.has('nlpjs')) rows.push(await nlpJs())

console.log(`\n${train.length} messages to learn from, ${test.length} to judge by\n`)
console.log('| classifier | accuracy | messages/s | training, s |\n|---|---|---|---|')
for (const row of rows) {
  console.log(`| ${row.name} | ${(100 * row.accuracy).toFixed(2)} % | ${Math.round(row.perSecond).toLocaleString('en')} | ${row.trainingSeconds.toFixed(1)} |`)
}
if (options.json) writeFileSync(options.json, JSON.stringify(rows, null, 2))

function read(path) {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => {
    const [text, intent] = line.split('\t')
    return { text, intent }
  })
}

/** Accuracy over all messages and the best rate of a few rounds. */
async function measure(classify) {
  let right = 0
  for (const { text, intent } of test) right += (await classify(text)) === intent ? 1 : 0
  let perSecond = 0
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    for (const { text } of test) await classify(text)
    perSecond = Math.max(perSecond, (1000 * test.length) / (performance.now() - started))
  }
  return { accuracy: right / test.length, perSecond }
}

function ours() {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
  const folder = mkdtempSync(join(tmpdir(), 'peers-'))
  try {
    const json = join(folder, 'figures.json')
    const valid = options.valid ? ['--valid', resolve(options.valid)] : []
    const started = performance.now()
    const run = spawnSync(
      join(root, 'smart'),
      ['eval', 'intents', '--train', resolve(options.train), '--test', resolve(options.test), ...valid, '--json', json],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    if (run.status !== 0) throw new Error(`smart eval intents ended with ${run.status}`)
    const figures = JSON.parse(readFileSync(json, 'utf8'))
    // Training time includes the start of the program and the measuring.
    return { name: 'SmartService', accuracy: figures.accuracy, perSecond: figures.singlePerSecond, trainingSeconds: (performance.now() - started) / 1000 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** fastText by Facebook AI Research, compiled to WebAssembly: characters 3 to 5, two words in a row. */
async function fastText() {
  const { getFastTextClass, getFastTextModule } = await import('fasttext.wasm.js')
  const FastText = await getFastTextClass({ getFastTextModule })
  const classifier = new FastText()
  const plain = (text) => text.toLowerCase().replace(/([.,!?'"()])/g, ' $1 ').replace(/\s+/g, ' ').trim()
  const labels = [...new Set(train.map((line) => line.intent))]
  const number = new Map(labels.map((label, i) => [label, i]))
  const lines = train.map(({ text, intent }) => `__label__${number.get(intent)} ${plain(text)}`).join('\n')
  const url = `data:text/plain;base64,${Buffer.from(lines + '\n').toString('base64')}`
  const started = performance.now()
  const model = await classifier.trainSupervised(url, {
    lr: 0.5, epoch: 30, dim: 100, wordNgrams: 2, minn: 3, maxn: 5, bucket: 200000, loss: 'softmax', minCount: 1, verbose: 0,
  }, () => {})
  const trainingSeconds = (performance.now() - started) / 1000
  const figures = await measure((text) => {
    const best = model.predict(plain(text), 1, 0)
    const label = best.size() > 0 ? labels[Number(best.get(0)[1].slice('__label__'.length))] : undefined
    best.delete()
    return label
  })
  return { name: 'fastText (fasttext.wasm.js 1.0.0, characters 3-5)', trainingSeconds, ...figures }
}

/** NLP.js by AXA: its neural network, one perceptron a label, with English stemming. */
async function nlpJs() {
  const { NlpManager } = (await import('node-nlp')).default
  const manager = new NlpManager({ languages: ['en'], forceNER: false, ner: false, nlu: { log: false, useNoneFeature: false }, autoSave: false })
  for (const { text, intent } of train) manager.addDocument('en', text, intent)
  const started = performance.now()
  await manager.train()
  const trainingSeconds = (performance.now() - started) / 1000
  const nlu = manager.nlp.nluManager
  const figures = await measure(async (text) => (await nlu.process('en', text)).classifications?.[0]?.intent)
  return { name: 'NLP.js (node-nlp 4.27.0)', trainingSeconds, ...figures }
}
