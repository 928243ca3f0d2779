/** Where the words stand that a jurisdiction was read from. */
import type { Span } from '../../model/span.js';
import type { Resolution } from '../jurisdiction/resolve.js';
import type { Title } from './document-title.js';
import type { Fields } from './fields.js';
import type { Letterhead } from './issuers.js';
import type { Found, Region } from './region.js';

export function placeSpan(
  { clue }: Resolution,
  title: Title,
  body: Region,
  issuers: Found<readonly string[]> | null,
  number: Found<string> | null,
  fields: Fields,
  header: Region,
  head: Letterhead | null,
): Span | null {
  switch (clue?.source) {
    case undefined:
      return null;
    case 'title':
      return title.region.locate(clue.start, clue.end);
    case 'notice-title':
      return title.notice.locate(clue.start, clue.end);
    case 'issuer':
      return issuers?.span ?? null;
    case 'number':
      return number?.span ?? null;
    case 'text':
      return body.locate(clue.start, clue.end);
    case 'stated': {
      const field = fields.all('issuer')[clue.index];
      if (field !== undefined) return field.region.locate(field.start + clue.start, field.start + clue.end);
      return head === null ? null : header.locate(head.start + clue.start, head.start + clue.end);
    }
  }
}
