/** What a server says that it sends: what may be read is fetched, the rest is left before its body comes. */
import { MIMEType } from 'node:util';

/** Types of the formats that are read. */
const READ = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'application/pdf',
  'application/x-pdf',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/ofd',
  'application/x-ofd',
  'application/vnd.ofd',
]);

/** Types that say nothing: servers send documents under them, so the bytes decide. */
const UNSAID = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-download',
  'application/download',
  'application/force-download',
  'application/x-msdownload',
  'application/zip',
  'application/x-zip-compressed',
]);

/** Lower case, without parameters; null: not sent or none. */
export function essenceOf(contentType: string | null): string | null {
  try {
    return contentType === null ? null : new MIMEType(contentType).essence;
  } catch {
    return null;
  }
}

/** Whether a body of this type may be a document; true when the server does not say. */
export function mayBeDocument(contentType: string | null): boolean {
  const essence = essenceOf(contentType);
  return essence === null || READ.has(essence) || UNSAID.has(essence);
}
