/** Which elements a reader sees, and which start a paragraph of their own. */
import type { ElementNode } from './tree.js';

const NEVER = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'title',
  'meta',
  'link',
  'object',
  'embed',
  'iframe',
  'frame',
  'noframes',
  'svg',
  'canvas',
  'audio',
  'video',
  'map',
  // Office puts shapes and settings into <xml> and its own name spaces.
  'xml',
]);
/** Text of forms: a search box, a list of other sites. */
const CONTROLS = new Set(['select', 'option', 'button', 'textarea', 'datalist']);

const BLOCK = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Why an element is not shown; null for one that is. */
export function hiddenReason(element: ElementNode): 'markup' | 'hidden' | 'navigation' | null {
  const { name, attributes } = element;
  if (NEVER.has(name)) return 'markup';
  if (CONTROLS.has(name)) return 'navigation';
  if (attributes['hidden'] !== undefined || attributes['aria-hidden']?.toLowerCase() === 'true')
    return 'hidden';
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i.test(
    attributes['style'] ?? '',
  )
    ? 'hidden'
    : null;
}

export function isBlock({ name, attributes }: ElementNode): boolean {
  return (
    BLOCK.has(name) ||
    /(?:^|[;\s])display\s*:\s*(?:block|table|flex|list-item)/i.test(attributes['style'] ?? '')
  );
}
