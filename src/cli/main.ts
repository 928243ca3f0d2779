#!/usr/bin/env node
/** The program `tiaowen`. */
import { run } from './run.js';
import { services } from './services.js';

// `tiaowen … | head` closes our output early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});

// The code is set rather than exited with, so that what was written still reaches a slow reader.
process.exitCode = await run(process.argv.slice(2), services, {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY,
});
