/** pdfjs in the browser: only what this server serves, no code from the file. Loaded when a reader asks for pages, never before. */
import {
  getDocument,
  GlobalWorkerOptions,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerAddress from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerAddress;

/** Where vite.config.ts puts what pdfjs loads by name; its version stands in the path because its files are kept for ever. */
const FILES = new URL(__PDFJS_FILES__, location.href).href;

/** Pixels of a picture: A4 at 600 dpi has 35 million. What has more is left blank. */
const MOST_PIXELS = 64_000_000;

export type { PDFDocumentProxy };

/** `bytes` are given away. Who opens it destroys the task. */
export function openOriginal(bytes: ArrayBuffer): PDFDocumentLoadingTask {
  return getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${FILES}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${FILES}standard_fonts/`,
    // The page's policy lets nothing be compiled. Scans have decoders in JavaScript too, slower; that of JPEG 2000 stands in this folder.
    wasmUrl: `${FILES}wasm/`,
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
    maxImageSize: MOST_PIXELS,
    // What it can't find a font for, it tells of each page.
    verbosity: VerbosityLevel.ERRORS,
  });
}
