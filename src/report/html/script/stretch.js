// Which exchanges are drawn one by one, and which long rows of attempts are folded into a strip.

const SHORTEST_STRIP = 4;
// Calls side by side are what a case is about: only a crowd of them is folded.
const SMALLEST_CROWD = 12;

function attemptOf(exchange) {
  return JSON.stringify([exchange.step, exchange.principal, exchange.method, exchange.url]);
}

// How many exchanges from `start` on are attempts of one step, with nothing to be said of any.
function stretch(exchanges, start, isSpecial) {
  const first = attemptOf(exchanges[start]);
  let end = start;
  while (end < exchanges.length && attemptOf(exchanges[end]) === first && !isSpecial(end)) end += 1;
  // The attempt that ends a poll answers otherwise: it is no part of the waiting.
  if (end - start > 1 && statusOf(exchanges[end - 1]) !== statusOf(exchanges[end - 2])) end -= 1;
  return Math.max(end - start, 1);
}

// From when to when a row of attempts lasted; calls side by side are recorded in the order in which they ended.
function spanOf(exchanges, indices) {
  const own = indices.map((index) => exchanges[index]);
  return [Math.min(...own.map((one) => one.sent_ms)), Math.max(...own.map((one) => one.complete_ms))];
}

function isCrowd(exchanges, indices) {
  return indices.some((index) => index > indices[0] && exchanges[index].sent_ms < exchanges[index - 1].complete_ms);
}

function isStrip(exchanges, indices) {
  const least = isCrowd(exchanges, indices) ? SMALLEST_CROWD : SHORTEST_STRIP;
  return indices.length >= least && isAlone(exchanges, indices);
}

function isAlone(exchanges, indices) {
  const [from, to] = spanOf(exchanges, indices);
  return exchanges.every((other, index) => indices.includes(index)
    || other.complete_ms <= from || other.sent_ms >= to);
}

// Items in order: `[3]` is drawn as an exchange, `[4, 5, 6, 7]` as a strip unless its first is in `expanded`.
function items(exchanges, marks, expanded) {
  const isSpecial = (index) => marks.has(index) || exchanges[index].note !== null
    || exchanges[index].oddities.length > 0;
  const result = [];
  for (let start = 0; start < exchanges.length;) {
    const length = stretch(exchanges, start, isSpecial);
    const indices = Array.from({ length }, (_, offset) => start + offset);
    if (!expanded.has(start) && isStrip(exchanges, indices)) {
      result.push(indices);
    } else {
      result.push(...indices.map((index) => [index]));
    }
    start += length;
  }
  return result;
}

// `9 × 200, 2 × 502`
function tally(exchanges, indices) {
  const numbers = new Map();
  for (const index of indices) {
    const status = statusOf(exchanges[index]);
    numbers.set(status, (numbers.get(status) ?? 0) + 1);
  }
  return [...numbers].map(([status, number]) => `${number} × ${status}`).join(', ');
}
