import type { CalibrationStep } from './scorer.ts';

const size = 320;
const margin = 44;
const largestDot = 12;
const smallestDot = 2;

/** Draws how right answers are at each confidence; on the diagonal a model is as right as it says. */
export function calibrationPlot(calibration: readonly CalibrationStep[], title: string): string {
  const most = Math.max(1, ...calibration.map(({ messages }) => messages));
  const x = (share: number) => (margin + share * size).toFixed(1);
  const y = (share: number) => (margin + (1 - share) * size).toFixed(1);
  const dots = calibration.map(({ confidence, right, messages }) => {
    const radius = Math.max(smallestDot, Math.sqrt(messages / most) * largestDot).toFixed(1);
    return `<circle cx="${x(confidence)}" cy="${y(right)}" r="${radius}" fill="#1b6b8f"><title>${messages} messages</title></circle>`;
  });
  const path = calibration.map(({ confidence, right }) => `${x(confidence)},${y(right)}`).join(' ');
  const whole = size + 2 * margin;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<text x="${x(share)}" y="${margin + size + 16}" text-anchor="middle">${share}</text>`,
    `<text x="${margin - 8}" y="${y(share)}" text-anchor="end" dominant-baseline="middle">${share}</text>`,
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<rect width="${whole}" height="${whole}" fill="#fff"/>`,
    `<text x="${whole / 2}" y="22" text-anchor="middle" font-size="13">${title}</text>`,
    `<rect x="${margin}" y="${margin}" width="${size}" height="${size}" fill="none" stroke="#999"/>`,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#bbb" stroke-dasharray="4 4"/>`,
    `<polyline points="${path}" fill="none" stroke="#1b6b8f"/>`,
    ...dots,
    ...ticks,
    `<text x="${whole / 2}" y="${whole - 10}" text-anchor="middle">how sure the model was</text>`,
    `<text x="12" y="${whole / 2}" text-anchor="middle" transform="rotate(-90 12 ${whole / 2})">share that was right</text>`,
    '</svg>',
    '',
  ].join('\n');
}
