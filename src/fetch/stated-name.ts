/** The file name that a server states in Content-Disposition (RFC 6266). */
import contentDisposition from 'content-disposition';

/**
 * `header`: as sent, bytes read as latin1. Null: it states none. Servers of ministries write Chinese into filename="…" as it is (UTF-8 or GBK) or
 * percent-encoded, and leave quotes away: what is no valid header is read as they mean it.
 */
export function statedName(header: string | null): string | null {
  if (header === null) return null;
  const name = byRule(header) ?? /filename\s*=\s*"?([^";]+)/i.exec(header)?.[1];
  return name === undefined || name.trim() === '' ? null : decoded(name).trim();
}

function byRule(header: string): string | undefined {
  try {
    return contentDisposition.parse(header).parameters['filename'];
  } catch {
    return undefined;
  }
}

/** A name of filename*= has been decoded; one of filename= is still bytes, or escaped once more. */
function decoded(name: string): string {
  if (/[^\u0000-\u00ff]/.test(name)) return name;
  const bytes = Buffer.from(name, 'latin1');
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return unescaped(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {
      // The next one.
    }
  }
  return name;
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
