/** Which files can be read, by the end of their names; the page asks before it sends, the readers answer for it. */

/** Without dot, lower case. `doc` and `wps` hold what their names say in a binary form that is refused, or any other of these. */
export const READABLE = [
  'txt',
  'text',
  'html',
  'htm',
  'shtml',
  'xhtml',
  'docx',
  'doc',
  'wps',
  'ofd',
  'pdf',
] as const;
export type Readable = (typeof READABLE)[number];
