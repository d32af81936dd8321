import { create } from 'qrcode';

const MODULE = 3;
const QUIET = 4;

/**
 * An SVG document, which clients put behind `data:image/svg+xml;utf-8,` as it is: no `#`, no `%`. One rectangle for each run of dark modules keeps it a
 * tenth of the size of one for each module. Throws when the text is too long for a QR code.
 */
export function qrCode(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'H' });
  const size = MODULE * (modules.size + 2 * QUIET);
  const rectangles: string[] = [];
  for (let row = 0; row < modules.size; row++)
    for (const [start, end] of darkRuns(modules.size, (column) => Boolean(modules.get(row, column))))
      rectangles.push(rectangle(MODULE * (QUIET + start), MODULE * (QUIET + row), MODULE * (end - start), MODULE));
  return [
    '<?xml version="1.0"?>',
    `<svg width="${size}" height="${size}" xmlns="http://www.w3.org/2000/svg">`,
    `<rect x="0" y="0" width="${size}" height="${size}" style="fill:white;stroke:none"/>`,
    ...rectangles,
    '</svg>',
  ].join('\n');
}

function* darkRuns(size: number, isDark: (column: number) => boolean): Generator<[number, number]> {
  for (let start = 0; start < size; start++) {
    if (!isDark(start)) continue;
    let end = start + 1;
    while (end < size && isDark(end)) end++;
    yield [start, end];
    start = end;
  }
}

function rectangle(x: number, y: number, width: number, height: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" style="fill:black;stroke:none"/>`;
}
