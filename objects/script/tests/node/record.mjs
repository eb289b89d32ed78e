// Records what programs print in Node.
//
//   node record.mjs DIR…               writes NAME.out beside each NAME.js below these folders
//   node record.mjs --into OUT DIR     writes them below OUT, in folders of the same names
//   node record.mjs --check DIR…       writes nothing; fails if a recorded output is another
//
// An output is UTF-8 text, each line ended by a newline.

import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from './harness.mjs';

const programs = folder =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return programs(path);
      return entry.name.endsWith('.js') ? [path] : [];
    });

const args = process.argv.slice(2);
const check = args[0] === '--check' && Boolean(args.shift());
const into = args[0] === '--into' ? args.splice(0, 2)[1] : undefined;
if (args.length === 0) {
  console.error('record: which folders? node record.mjs [--into OUT | --check] DIR…');
  process.exit(2);
}

const say = text => process.stdout.write(`${text}\n`);
let count = 0;
const different = [];
for (const folder of args) {
  for (const path of programs(folder)) {
    const lines = await run(readFileSync(path, 'utf8'));
    const text = lines.map(line => `${line}\n`).join('');
    const recorded = path.replace(/\.js$/, '.out');
    count += 1;
    if (check) {
      if (!existsSync(recorded) || readFileSync(recorded, 'utf8') !== Buffer.from(text).toString()) {
        different.push(path);
      }
    } else {
      const out = into ? join(into, relative(folder, recorded)) : recorded;
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, text);
    }
  }
}
say(`record: ${count} programs ${check ? 'checked' : 'recorded'} with Node ${process.version}`);
for (const path of different) say(`record: another output: ${path}`);
process.exit(different.length > 0 ? 1 : 0);
