/** PDFs written by hand, as small as the case: 宋体 that is not embedded (STSong-Light, UniGB-UCS2-H), pieces of text at given places. */

export interface Printed {
  readonly text: string;
  /** Left edge and base line, in points from the top left corner. */
  readonly x: number;
  readonly y: number;
  /** In points; 16 (三号) unless given. */
  readonly size?: number;
  /** Degrees, counter-clockwise. */
  readonly angle?: number;
  /** 3 is invisible: the text layer under a scanned page. */
  readonly mode?: 0 | 3;
}

export interface RawPage {
  readonly text: readonly Printed[];
  /** From x, y to x, y, from the top left corner. */
  readonly rules?: readonly (readonly [number, number, number, number])[];
  /** Degrees by which a viewer turns the page, clockwise. */
  readonly rotate?: 0 | 90 | 180 | 270;
}

export interface RawOptions {
  /** A font whose codes say nothing about characters. */
  readonly withoutUnicode?: boolean;
  readonly title?: string;
}

/** A4. */
export const WIDTH = 595;
export const HEIGHT = 842;

const SONG = `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [
<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>
/DW 1000 /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]
/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>`;
const NAMELESS = `<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Nameless /Encoding /Identity-H /DescendantFonts [
<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Nameless /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /AAAAAA+Nameless /Flags 4 /FontBBox [0 0 1000 1000]
/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>`;

export function rawPdf(pages: readonly RawPage[], options: RawOptions = {}): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ')}] >>`,
    options.withoutUnicode === true ? NAMELESS : SONG,
    `<< /Title <FEFF${hex(options.title ?? '')}> >>`,
  ];
  pages.forEach((page, i) => {
    const content = [...page.text.map(showText), ...(page.rules ?? []).map(draw)].join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Rotate ${page.rotate ?? 0} ` +
        `/Resources << /Font << /F 3 0 R >> >> /Contents ${6 + 2 * i} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

function showText({ text, x, y, size = 16, angle = 0, mode = 0 }: Printed): string {
  const turn = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn).toFixed(5), Math.sin(turn).toFixed(5)];
  const minusSin = (-Math.sin(turn)).toFixed(5);
  return `BT /F ${size} Tf ${mode} Tr ${cos} ${sin} ${minusSin} ${cos} ${x} ${HEIGHT - y} Tm <${hex(text)}> Tj ET`;
}

function draw([x1, y1, x2, y2]: readonly [number, number, number, number]): string {
  return `0.5 w ${x1} ${HEIGHT - y1} m ${x2} ${HEIGHT - y2} l S`;
}

function hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}

/** Lines of a page of 公文: 28 characters of 16 points from x = 79, 28.9 points apart. */
export function linesAt(lines: readonly string[], x = 79, y = 120, size = 16, pitch = 28.9): Printed[] {
  return lines.map((line, i) => {
    const text = line.trimStart();
    return { text, x: x + (line.length - text.length) * size, y: y + i * pitch, size };
  });
}

/** Text set in lines of so many characters, first line indented by two. */
export function setLines(text: string, width = 28): string[] {
  const all = `　　${text}`;
  const lines: string[] = [];
  for (let at = 0; at < all.length; at += width) lines.push(all.slice(at, at + width));
  return lines;
}
