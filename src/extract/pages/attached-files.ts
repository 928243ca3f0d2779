/** Files that a PDF or OFD carries inside: no part of its pages. They are not read, and the reader is told so. */
import type { Diagnostic } from '../../model/diagnostic.js';

/** How many are named. */
const NAMED = 8;

export function unreadAttachments(names: readonly string[]): Diagnostic[] {
  if (names.length === 0) return [];
  const more = names.length > NAMED ? `等 ${names.length} 个文件` : '';
  return [
    {
      code: 'attachment-unread',
      severity: 'warning',
      message: `文件内嵌附件${names
        .slice(0, NAMED)
        .map((name) => `“${name}”`)
        .join('、')}${more}，其中的内容未读取。请另存出来单独收录。`,
      span: null,
    },
  ];
}
