/** How a source file is handed to a browser: it comes from anyone, and must do nothing in our name. */
import contentDisposition from 'content-disposition';
import type { Original } from '../knowledge-base.js';

/** What a browser shows without running anything of it; all else, web pages before all, is for saving only. */
const SHOWN: ReadonlySet<string> = new Set(['text/plain', 'application/pdf']);

export function originalHeaders({ path, sha256, mediaType, encoding }: Omit<Original, 'content'>) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isText = mediaType.startsWith('text/');
  return {
    'content-type': isText && encoding !== null ? `${mediaType}; charset=${encoding}` : mediaType,
    // RFC 6266: the name in Chinese as filename*, and one in ASCII for what does not know it.
    'content-disposition': contentDisposition(name, { type: SHOWN.has(mediaType) ? 'inline' : 'attachment' }),
    // No script, form or plug-in, and an origin of its own: even a page that is opened all the same cannot reach this server.
    'content-security-policy': "sandbox; default-src 'none'",
    etag: `"${sha256}"`,
  };
}
