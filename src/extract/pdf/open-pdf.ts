/** pdfjs on a thread of its own: a file that hangs it or fills its memory is ended from outside, and nothing else waits for it. */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { tooLarge } from '../pages/page-failure.js';

/** Milliseconds for a whole file, and megabytes for its thread. */
const LONGEST = 120_000;
const MOST_MEMORY = 1_024;

const HOME = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** pdfjs is made for a browser's worker; through a port its handler runs on a thread of Node as well. */
const THREAD = `const { workerData } = require('node:worker_threads');
import(workerData.url).then((pdf) => pdf.WorkerMessageHandler.initializeFromPort(workerData.port));`;

/** Opens the file, gives it to `read` and puts all away, whatever happens. */
export async function withPdf<T>(bytes: Uint8Array, read: (pdf: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const { getDocument, PDFWorker, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const { port1, port2 } = new MessageChannel();
  const thread = new Worker(THREAD, {
    eval: true,
    workerData: { url: pathToFileURL(join(HOME, 'legacy/build/pdf.worker.mjs')).href, port: port2 },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    thread.once('error', reject);
    timer = setTimeout(() => reject(tooLarge('PDF', `${LONGEST / 1000} 秒内未能读完`)), LONGEST);
  });
  const worker = PDFWorker.create({
    // Typed as a worker of a browser, which no type of Node is; of it only postMessage and the message event are used.
    port: port1 as never,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const task = getDocument({
      data: new Uint8Array(bytes),
      worker,
      verbosity: VerbosityLevel.ERRORS,
      cMapUrl: join(HOME, 'cmaps') + sep,
      cMapPacked: true,
      standardFontDataUrl: join(HOME, 'standard_fonts') + sep,
      isEvalSupported: false,
      useSystemFonts: false,
      // Pictures are never decoded: only words and ruling lines are read.
      maxImageSize: 1,
    });
    // The promise that loses the race must not end the process.
    const reading = task.promise.then(read);
    reading.catch(() => undefined);
    return await Promise.race([reading, ended]);
  } finally {
    clearTimeout(timer);
    worker.destroy();
    await thread.terminate();
    port1.close();
  }
}
