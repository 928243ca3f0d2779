/** What vite.config.ts defines. */

/** Path of the files that pdfjs loads by name, with a slash at its end. */
declare const __PDFJS_FILES__: string;
