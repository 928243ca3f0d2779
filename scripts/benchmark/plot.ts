/** A plot with logarithmic axes as an SVG that stands alone, readable on light and on dark pages. */

export interface Series {
  readonly name: string;
  /** Ascending by x; both greater than 0. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  readonly title: string;
  /** Of the vertical axis. */
  readonly unit: string;
  readonly series: readonly Series[];
  /** Drawn as dashed lines over the whole width; `series`: the one whose colour it takes. */
  readonly goals: readonly { readonly name: string; readonly y: number; readonly series: number }[];
}

export interface Plot {
  readonly title: string;
  /** Of the horizontal axis of all panels. */
  readonly xName: string;
  readonly panels: readonly Panel[];
}

const WIDTH = 720;
const PANEL = { height: 250, left: 64, right: 150, top: 46, bottom: 40 } as const;
const HEAD = 34;
const COLOURS = 4;

/** Colours that differ in lightness too; chosen for both backgrounds. */
const STYLE = `
    svg { font: 12px system-ui, sans-serif; }
    .page { fill: #ffffff; } .ink { fill: #1f2328; } .faint { fill: #59636e; } .grid { stroke: #d1d9e0; }
    .l0 { stroke: #0550ae; } .l1 { stroke: #bc4c00; } .l2 { stroke: #1a7f37; } .l3 { stroke: #8250df; }
    .f0 { fill: #0550ae; } .f1 { fill: #bc4c00; } .f2 { fill: #1a7f37; } .f3 { fill: #8250df; }
    .line { fill: none; stroke-width: 2; } .goal { stroke-width: 1; stroke-dasharray: 6 4; fill: none; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; } .ink { fill: #e6edf3; } .faint { fill: #9198a1; } .grid { stroke: #3d444d; }
      .l0 { stroke: #79c0ff; } .l1 { stroke: #ffa657; } .l2 { stroke: #7ee787; } .l3 { stroke: #d2a8ff; }
      .f0 { fill: #79c0ff; } .f1 { fill: #ffa657; } .f2 { fill: #7ee787; } .f3 { fill: #d2a8ff; }
    }`;

/** Throws RangeError without points, or for values that have no logarithm. */
export function plotSvg({ title, xName, panels }: Plot): string {
  const xs = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([x]) => x)));
  const x = scale(xs, PANEL.left, WIDTH - PANEL.right, 1.15);
  const height = HEAD + panels.length * PANEL.height;
  const drawn = panels.map((panel, i) => drawPanel(panel, xName, x, HEAD + i * PANEL.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
  <style>${STYLE}
  </style>
  <rect class="page" width="${WIDTH}" height="${height}"/>
  <text class="ink" x="${PANEL.left}" y="24" font-size="15" font-weight="600">${escape(title)}</text>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel(panel: Panel, xName: string, x: Scale, offset: number): string {
  const { title, unit, series, goals } = panel;
  const top = offset + PANEL.top;
  const bottom = offset + PANEL.height - PANEL.bottom;
  const values = [...series.flatMap(({ points }) => points.map(([, y]) => y)), ...goals.map(({ y }) => y)];
  const y = scale(values, bottom, top, 1.3);
  const right = WIDTH - PANEL.right;
  const labels = spread([
    ...series.map(({ name, points }, i) => ({ name, at: y.at(points.at(-1)![1]), colour: i % COLOURS })),
    ...goals.map((goal) => ({ name: goal.name, at: y.at(goal.y), colour: goal.series % COLOURS })),
  ]);
  const lines = [
    ...y.ticks.map(
      (tick) =>
        `  <line class="grid" x1="${PANEL.left}" x2="${right}" y1="${n(y.at(tick))}" y2="${n(y.at(tick))}"/><text class="faint" x="${PANEL.left - 6}" y="${n(y.at(tick) + 4)}" text-anchor="end">${short(tick)}</text>`,
    ),
    ...x.ticks.map(
      (tick) =>
        `  <line class="grid" x1="${n(x.at(tick))}" x2="${n(x.at(tick))}" y1="${top}" y2="${bottom}"/><text class="faint" x="${n(x.at(tick))}" y="${bottom + 16}" text-anchor="middle">${short(tick)}</text>`,
    ),
    ...goals.map(
      ({ y: value, series: of }) =>
        `  <line class="goal l${of % COLOURS}" x1="${PANEL.left}" x2="${right}" y1="${n(y.at(value))}" y2="${n(y.at(value))}"/>`,
    ),
    ...series.flatMap(({ points }, i) => {
      const places = points.map(([px, py]) => `${n(x.at(px))},${n(y.at(py))}`);
      return [
        `  <polyline class="line l${i % COLOURS}" points="${places.join(' ')}"/>`,
        ...points.map(
          ([px, py]) => `  <circle class="f${i % COLOURS}" cx="${n(x.at(px))}" cy="${n(y.at(py))}" r="3"/>`,
        ),
      ];
    }),
    ...labels.map(
      ({ name, at, colour }) =>
        `  <text class="f${colour}" x="${right + 8}" y="${n(at + 4)}">${escape(name)}</text>`,
    ),
  ];
  return `  <text class="ink" x="${PANEL.left}" y="${top - 12}" font-weight="600">${escape(title)} <tspan class="faint" font-weight="400">${escape(unit)}</tspan></text>
${lines.join('\n')}
  <text class="faint" x="${right + 8}" y="${bottom + 16}">${escape(xName)}</text>`;
}

interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** From the logarithms of `values`, with some room around them (a factor), to a stretch of pixels; ticks at 1, 2 and 5 of each decade. */
function scale(values: readonly number[], from: number, to: number, room: number): Scale {
  if (values.length === 0 || !values.every((value) => value > 0 && Number.isFinite(value)))
    throw new RangeError('a logarithmic axis needs positive values');
  const low = Math.log10(Math.min(...values) / room);
  const high = Math.log10(Math.max(...values) * room);
  const decades = Array.from({ length: Math.ceil(high) - Math.floor(low) }, (_, i) => Math.floor(low) + i);
  const all = decades.flatMap((decade) => [1, 2, 5].map((digit) => digit * 10 ** decade));
  const inside = all.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  const whole = inside.filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9));
  return {
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks: inside.length > 8 && whole.length > 1 ? whole : inside,
  };
}

/** Labels moved down where they would cover each other. */
function spread<Label extends { readonly at: number }>(labels: readonly Label[]): Label[] {
  const spaced: Label[] = [];
  for (const label of [...labels].sort((a, b) => a.at - b.at)) {
    const above = spaced.at(-1)?.at ?? -Infinity;
    spaced.push({ ...label, at: Math.max(label.at, above + 14) });
  }
  return spaced;
}

function n(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

/** 20000 → 20k, 1000000 → 1M. */
function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`;
  if (value >= 1e4) return `${value / 1e3}k`;
  return String(Number(value.toPrecision(6)));
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
