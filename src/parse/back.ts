/** Signatures inside a body: 附件说明, 署名, 成文日期, 附注, 抄送 (GB/T 9704-2012 7.3.4–7.3.7, 7.4). */
import type { Role } from './role.js';
import { isTerminated } from './line.js';
import { isBodyName, isDateLine, isEndNote, isGarbledDate, isSignedDate, isSigner } from './titles.js';
import type { Unit } from './unit.js';

/** How many lines of 署名 may stand above a date. */
const SIGNERS = 8;

/** Marks the signatures of a document; roles of lines before the body stay as they are. */
export function markSignatures(units: readonly Unit[], roles: Role[]): void {
  units.forEach((unit, i) => {
    if (roles[i] !== 'body' || unit.line.kind === 'row') return;
    const dated =
      isDateLine(unit.text) || (isGarbledDate(unit.text) && i > 0 && isBodyName(units[i - 1]!.text));
    if (dated && endsHere(units, i)) {
      roles[i] = 'signature';
      markAbove(units, roles, i);
    } else if (isSignedDate(unit.text) && endsHere(units, i)) {
      roles[i] = 'signature';
      markAbove(units, roles, i);
    } else if (isEndNote(unit.text) && unit.marker === null && endsHere(units, i)) {
      roles[i] = 'signature';
      markAbove(units, roles, i);
    }
  });
  units.forEach((unit, i) => {
    if (roles[i] === 'body' && unit.marker?.form === 'annex') markListBeforeAnnex(units, roles, i - 1);
  });
  markTrailing(units, roles);
}

/** 附件说明 with the annexes right below it, the signature left out. */
function markListBeforeAnnex(units: readonly Unit[], roles: Role[], last: number): void {
  if (last >= 0 && roles[last] === 'body' && !isListHead(units[last]!))
    markTrailingAttachments(units, roles, last);
  else if (
    last >= 0 &&
    roles[last] === 'body' &&
    units[last]!.text.length > units[last]!.marker!.printed.length
  )
    roles[last] = 'signature';
}

/** After a signature come notes, an annex, or nothing; a date line in the middle of a text is something else. */
function endsHere(units: readonly Unit[], i: number): boolean {
  const next = units[i + 1];
  if (next === undefined) return true;
  if (
    next.marker?.form === 'annex' ||
    isEndNote(next.text) ||
    isDateLine(next.text) ||
    isSignedDate(next.text)
  )
    return true;
  if (isBodyName(next.text) || next.line.kind === 'row') return true;
  return !isTerminated(next.text) && next.marker === null;
}

function markAbove(units: readonly Unit[], roles: Role[], i: number): void {
  let k = i - 1;
  for (
    ;
    k >= 0 &&
    i - k <= SIGNERS &&
    roles[k] === 'body' &&
    (isNameOnly(units[k]!) || isSigner(units[k]!.text)) &&
    units[k]!.marker === null;
    k--
  )
    roles[k] = 'signature';
  markAttachments(units, roles, k);
}

/** The name of a body, or a row of names: "1 | 制定标准 | 区财政局" is a row of a table, though it ends with one. */
function isNameOnly({ text, line }: Unit): boolean {
  if (line.kind !== 'row') return isBodyName(text);
  return line.cells.every(({ start, end }) => isBodyName(line.text.slice(start, end)));
}

/** 附件说明 above the signature: "附件：1.…方案" and the lines "2.…" below it, up to `last`. */
function markAttachments(units: readonly Unit[], roles: Role[], last: number): void {
  let k = last;
  while (k >= 0 && last - k < 30 && roles[k] === 'body' && isEntry(units[k]!)) k--;
  if (k < 0 || roles[k] !== 'body' || !isListHead(units[k]!)) return;
  for (let j = k; j <= last; j++) roles[j] = 'signature';
}

/** The list at the very end of a page, where no signature follows: only numbered entries and names of files. */
function markTrailingAttachments(units: readonly Unit[], roles: Role[], last: number): void {
  let k = last;
  while (k >= 0 && last - k < 30 && roles[k] === 'body' && isEntry(units[k]!) && isNamed(units[k]!)) k--;
  if (k < 0 || roles[k] !== 'body' || !isListHead(units[k]!)) return;
  const rest = units[k]!.text.slice(units[k]!.marker!.end).trim();
  if (rest === '' && k === last) return;
  for (let j = k; j <= last; j++) roles[j] = 'signature';
}

function isEntry({ text, marker, line }: Unit): boolean {
  return (
    line.kind === 'text' &&
    marker?.form !== 'annex' &&
    text.length <= 60 &&
    !/[。；]$/.test(text) &&
    (marker === null || marker.form === 'item' || marker.form === 'subitem')
  );
}

function isNamed({ text, marker }: Unit): boolean {
  return marker !== null || /\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpe?g|png)$/i.test(text);
}

/** "附件：1.任务分工表", "附件：" – not "附件1" alone, which opens the annex itself. */
function isListHead({ text, marker }: Unit): boolean {
  return (
    marker?.form === 'annex' && /[:：]/.test(marker.printed) && !/[。；]$/.test(text) && text.length <= 80
  );
}

/** Names of bodies and attachments at the very end, without a date. */
function markTrailing(units: readonly Unit[], roles: Role[]): void {
  let end = units.length - 1;
  while (end >= 0 && roles[end] !== 'body') end--;
  let k = end;
  while (
    k > 0 &&
    end - k < SIGNERS &&
    roles[k] === 'body' &&
    units[k]!.marker === null &&
    isNameOnly(units[k]!)
  )
    k--;
  if (k < end && k >= 0 && roles[k] === 'body' && isTerminated(units[k]!.text)) {
    for (let j = k + 1; j <= end; j++) roles[j] = 'signature';
    end = k;
  }
  markTrailingAttachments(units, roles, end);
}
