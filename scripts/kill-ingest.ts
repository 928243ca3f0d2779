/**
 * `npm run kill -- [COUNT] [SEED]`: starts COUNT ingests (200 when not given) and kills each with SIGKILL at a random moment of its work. Fails
 * when an index is afterwards neither the old one nor the new one, or not whole.
 */
import { killIngests } from '../test/durability/kill-ingests.js';

const [count = 200, seed = Date.now()] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error('用法：npm run kill -- [次数] [种子]');
  process.exit(2);
}
console.log(`seed ${seed}`);
const summary = await killIngests(count, seed, (done) => {
  if (done % 20 === 0) console.log(`${done} of ${count}`);
});
console.log(
  `${summary.kills} ingests, ${summary.kills - summary.finished} of them killed before their end: ${summary.old} left the old index, ` +
    `${summary.newWithoutGraph} the new one without its graph, ${summary.new} the new one whole; none anything else`,
);
