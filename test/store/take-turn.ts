/** A process of a test: takes the turn, says so, and waits to be killed. Argument: folder. */
import { takeTurn } from '../../src/store/embedded/turn.js';

await takeTurn(process.argv[2]!);
process.stdout.write('taken\n');
setInterval(() => undefined, 1000);
