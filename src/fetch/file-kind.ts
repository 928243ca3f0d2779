/** The extension under which fetched bytes are kept: what they are counts before what the server says. */
import { containerOf } from '../extract/container.js';
import { ExtractError } from '../extract/extract-error.js';
import { openZip } from '../extract/zip.js';
import { essenceOf } from './media-type.js';

/** Without dot. An unknown binary comes out as txt, whose reader refuses it with a reason. */
export function extensionFor(bytes: Uint8Array, contentType: string | null): string {
  const container = containerOf(bytes);
  if (container === 'pdf') return 'pdf';
  if (container === 'zip') return isOfd(bytes) ? 'ofd' : 'docx';
  if (container === 'ole' || container === 'rtf') return 'doc';
  const essence = essenceOf(contentType);
  if (essence === 'text/html' || essence === 'application/xhtml+xml') return 'html';
  return /^[^<]{0,3}\s*(?:<!--[^>]{0,400}-->\s*|<\?xml[^>]{0,200}>\s*){0,3}<(?:!doctype\s+html|html[\s>]|head[\s>])/i.test(
    Buffer.from(bytes.subarray(0, 2000)).toString('latin1'),
  )
    ? 'html'
    : 'txt';
}

/** GB/T 33190: the entry that every OFD package has. */
function isOfd(bytes: Uint8Array): boolean {
  try {
    return openZip(bytes).names.some((name) => /^\/?OFD\.xml$/i.test(name));
  } catch (error) {
    if (error instanceof ExtractError) return false;
    throw error;
  }
}
