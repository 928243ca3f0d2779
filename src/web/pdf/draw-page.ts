/** One page of a PDF → its picture and, to lie over it, its words: to be selected, found and read aloud. */
import { TextLayer, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What every browser can hold in one canvas. */
const MOST_PIXELS = 16_000_000;
const LONGEST_SIDE = 8_192;

export interface DrawnPage {
  readonly picture: HTMLCanvasElement;
  readonly words: HTMLElement;
}

/** `width`: of the page on the screen, in CSS pixels. Throws the reason of `signal` when it is aborted. */
export async function drawPage(page: PDFPageProxy, width: number, signal: AbortSignal): Promise<DrawnPage> {
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: width / natural.width });
  const sharpness = Math.min(
    devicePixelRatio,
    Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)),
    LONGEST_SIDE / Math.max(viewport.width, viewport.height),
  );
  const picture = document.createElement('canvas');
  picture.width = Math.max(1, Math.floor(viewport.width * sharpness));
  picture.height = Math.max(1, Math.floor(viewport.height * sharpness));
  const drawing = page.render({ canvas: picture, viewport, transform: [sharpness, 0, 0, sharpness, 0, 0] });

  const words = document.createElement('div');
  words.className = 'page-words';
  words.style.setProperty('--total-scale-factor', String(viewport.scale));
  const layer = new TextLayer({
    textContentSource: page.streamTextContent({ disableNormalization: true }),
    container: words,
    viewport,
  });

  const stop = () => {
    drawing.cancel();
    layer.cancel();
  };
  signal.addEventListener('abort', stop);
  try {
    await Promise.all([drawing.promise, layer.render()]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return { picture, words };
}
