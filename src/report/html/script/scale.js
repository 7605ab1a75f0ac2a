// From times to heights: to scale between a smallest and a largest distance; what is longer is shortened, with a mark.

const LINE = 27;
const LONGEST = 108;
const TYPICAL = 40;

// Moments in the order in which they happened: `{ time, item, kind, extra }`; `extra` is the room it needs below.
function moments(exchanges, all, extraOf) {
  const result = [];
  all.forEach((indices, item) => {
    const [from, to] = spanOf(exchanges, indices);
    const kind = indices.length > 1 ? 'strip' : 'exchange';
    result.push({ time: from, item, kind, end: false, extra: 0 });
    result.push({ time: to, item, kind, end: true, extra: extraOf(indices) });
  });
  return result.sort((one, other) => one.time - other.time || one.item - other.item || one.end - other.end);
}

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}

// Gives every moment its height `y`; says which stretches of time were shortened, and how high all is.
function scaled(all, top) {
  const lengths = all.slice(1).map((moment, index) => moment.time - all[index].time);
  const perMillisecond = TYPICAL / median(lengths.filter((length) => length > 0));
  const gaps = [];
  let y = top;
  all.forEach((moment, index) => {
    if (index > 0) {
      const before = all[index - 1];
      const wanted = lengths[index - 1] * perMillisecond;
      const least = before.extra + (before.kind === 'strip' && !before.end ? 34 : LINE);
      const distance = Math.max(least, before.extra + Math.min(wanted, LONGEST));
      if (wanted > LONGEST && before.kind !== 'strip' || wanted > LONGEST && before.end) {
        gaps.push({ y: y + before.extra + (distance - before.extra) / 2, length: lengths[index - 1] });
      }
      y += distance;
    }
    moment.y = y;
  });
  return { gaps, height: y + (all.at(-1)?.extra ?? 0) + LINE };
}

// The height of a time between moments.
function heightAt(all, time) {
  const after = all.findIndex((moment) => moment.time >= time);
  if (after <= 0) return all[Math.max(after, 0)]?.y ?? 0;
  const [from, to] = [all[after - 1], all[after]];
  const part = to.time === from.time ? 1 : (time - from.time) / (to.time - from.time);
  return from.y + (to.y - from.y) * part;
}
