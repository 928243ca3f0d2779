/** Files that are handed to the server: some that it takes, some that it cannot read, some that are too large. */
import type { Random } from '../mulberry32.js';
import type { Ask } from './ask.js';
import { pick } from './pick.js';

/** So many different ones: an index that grew for ten minutes would look like memory that leaks. */
const GOOD = 12;
const TOPICS = ['教师轮岗', '课后服务', '校园食品安全', '心理健康'] as const;

export type UploadKind = 'good' | 'bad' | 'oversize';

export function drawUpload(kind: UploadKind, limitBytes: number, random: Random): Ask {
  switch (kind) {
    case 'good': {
      const n = Math.floor(random() * GOOD);
      return multipart(`某区办法${n}.txt`, Buffer.from(regulation(n)));
    }
    case 'bad':
      return multipart(
        `坏${Math.floor(random() * 1000)}.${pick(['pdf', 'docx', 'txt', 'ofd'], random)}`,
        junk(random),
      );
    case 'oversize':
      return multipart('大.txt', Buffer.alloc(limitBytes + 1 + Math.floor(random() * limitBytes), '条'));
  }
}

function regulation(n: number): string {
  const articles = TOPICS.map(
    (topic, i) => `第${'一二三四'[i]}条　${topic}工作由区教育局牵头，第${n + 1}年底前完成。`,
  );
  return `天津市武清区第${n + 1}号教育管理办法\n${articles.join('\n')}\n`;
}

/** Noise under the first bytes of formats that are read, and text of no encoding. */
function junk(random: Random): Buffer {
  const head = pick(['%PDF-1.7\n', 'PK\u0003\u0004', '<html><', '', '\u00ff\u00fe'], random);
  const noise = Buffer.from(Array.from({ length: 2000 }, () => Math.floor(random() * 256)));
  return Buffer.concat([Buffer.from(head, 'latin1'), noise]);
}

function multipart(name: string, content: Buffer): Ask {
  const boundary = '----soakBoundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    method: 'POST',
    path: '/api/documents',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
