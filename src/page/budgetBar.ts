/** The error budget that is left, as a bar from a middle line: to the right what is left, to the left what is overspent. */
import type { BudgetReport } from '../report/report';
import { type El, h } from './element';

const WIDTH = 84;
const HEIGHT = 10;
const ZERO = 24;

/** The bar alone; the words stand beside it. The bar is clamped, the number is not. */
export function budgetBar(remaining: number): El {
  const left = Math.min(1, Math.max(0, remaining));
  const over = Math.min(1, Math.max(0, -remaining));
  const tone = remaining < 0 ? 'overspent' : remaining < 0.25 ? 'low' : 'left';
  const width = remaining < 0 ? over * (ZERO - 1) : left * (WIDTH - ZERO - 1);
  return h(
    'svg',
    { class: 'chart budget-bar', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
    h('rect', { class: 'track', x: ZERO, y: 1, width: WIDTH - ZERO - 1, height: HEIGHT - 2, rx: 1 }),
    h('rect', {
      class: tone,
      x: Math.round((remaining < 0 ? ZERO - width : ZERO) * 10) / 10,
      y: 1,
      width: Math.round(Math.max(remaining === 0 ? 0 : 1, width) * 10) / 10,
      height: HEIGHT - 2,
      rx: 1,
    }),
    h('line', { class: 'zero', x1: ZERO, x2: ZERO, y1: 0, y2: HEIGHT }),
  );
}

/** Share of a budget that a bar can show: nothing may fail is no share. */
export function barShare(budget: BudgetReport | null): number | null {
  return budget && budget.kind !== 'zero' ? budget.remaining : null;
}
