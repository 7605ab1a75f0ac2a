// The sequence diagram of a case: who sent what to whom and when, as it was recorded.

const GUTTER = 96;
const HEAD = 44;
const LANE_DISTANCE = 104;
const EDGE_DISTANCE = 96;
const SERVER_ROOM = 150;
const CHARACTER = 7;

// Where the lanes stand: one for each principal, the edge, the server.
function lanes(exchanges, room) {
  const principals = [...new Set(exchanges.map((exchange) => exchange.principal))];
  const first = GUTTER + 46;
  const last = first + (principals.length - 1) * LANE_DISTANCE;
  const width = Math.max(room, last + 360 + EDGE_DISTANCE + SERVER_ROOM);
  const server = width - SERVER_ROOM;
  const clients = new Map(principals.map((name, index) => [name, first + index * LANE_DISTANCE]));
  return { clients, last, edge: server - EDGE_DISTANCE, server, width };
}

function drawing(course) {
  const { exchanges, marks, expanded, room, id } = course;
  const all = items(exchanges, marks, expanded);
  const plan = moments(exchanges, all, (indices) => 15 * remarks(course, indices).length);
  const { gaps, height } = scaled(plan, HEAD + 30);
  const place = lanes(exchanges, room);
  const slots = serverSlots(exchanges, all);
  const svg = shape('svg', {
    role: 'group', 'aria-labelledby': `title-${id} about-${id}`, width: place.width, height, viewBox: `0 0 ${place.width} ${height}`,
  }, shape('title', { id: `title-${id}` }, 'Sequence diagram'),
  shape('desc', { id: `about-${id}` }, `${count(exchanges.length, 'exchange')} between ${[...place.clients.keys()].join(', ')} and the server; the list below says the same. Arrow keys go from one to the next, Enter shows headers and bodies.`));
  svg.append(ground(place, height), clock(plan, place), gapMarks(gaps, place));
  const parts = all.map((indices, item) => {
    const [from, to] = plan.filter((moment) => moment.item === item);
    const where = { place, from, to, plan, slot: slots.get(item), isApart: plan.indexOf(to) > plan.indexOf(from) + 1 };
    return indices.length > 1 ? strip(course, indices, where) : exchangeGroup(course, indices[0], where);
  });
  svg.append(...parts);
  return svg;
}

function ground(place, height) {
  const lane = (x, name, kind) => shape('g', { 'aria-hidden': 'true' },
    shape('line', { class: `lane ${kind}`, x1: x, x2: x, y1: HEAD, y2: height }),
    shape('rect', { class: 'lane-head', x: x - 44, y: 12, width: 88, height: 24, rx: 6 }),
    shape('text', { class: 'lane-name', x, y: 28 }, cut(name, 11), shape('title', {}, name)));
  return shape('g', {}, ...[...place.clients].map(([name, x]) => lane(x, name, 'client')),
    lane(place.edge, 'edge', 'edge'), lane(place.server, 'server', 'server'));
}

function clock(plan, place) {
  const group = shape('g', { 'aria-hidden': 'true' });
  let [said, below] = ['', -Infinity];
  for (const moment of plan) {
    const words = sinceStart(moment.time);
    if (words === said || moment.y - below < 14) continue;
    [said, below] = [words, moment.y];
    group.append(shape('text', { class: 'clock', x: GUTTER - 26, y: moment.y + 4 }, words),
      shape('line', { class: 'tick', x1: GUTTER - 20, x2: place.width - 12, y1: moment.y, y2: moment.y }));
  }
  return group;
}

// A break in the clock's line: here more time went by than there is room for.
function gapMarks(gaps, place) {
  const marks = gaps.map(({ y, length }) => shape('g', {},
    shape('path', { class: 'gap', d: `M${GUTTER - 22} ${y - 4}l8 -5l8 8l8 -8l8 5M${GUTTER - 22} ${y + 4}l8 -5l8 8l8 -8l8 5` }),
    shape('text', { class: 'gap-words', x: GUTTER - 26, y: y + 4 }, time(length)),
    shape('title', {}, `shortened: ${time(length)} in which nothing was sent or answered`)));
  return shape('g', { 'aria-hidden': 'true', 'data-right': place.width }, ...marks);
}

// Requests that the server holds at the same time get bars side by side.
function serverSlots(exchanges, all) {
  const ends = [];
  const slots = new Map();
  const order = all.map((indices, item) => [item, ...spanOf(exchanges, indices)]);
  for (const [item, from, to] of order.sort((one, other) => one[1] - other[1] || one[0] - other[0])) {
    let slot = ends.findIndex((end) => end <= from);
    if (slot < 0) slot = ends.length;
    ends[slot] = to;
    slots.set(item, slot);
  }
  return slots;
}

// What is said below an answer: what was found wanting, and what happened at the edge.
function remarks({ exchanges, marks }, indices) {
  const said = [];
  for (const index of indices) {
    const mark = marks.get(index);
    if (mark) said.push({ kind: 'verdict-words', words: `✕ ${wantingWords(mark)}` });
    const { note, oddities } = exchanges[index];
    said.push(...[note, ...oddities].filter(Boolean).map((words) => ({ kind: 'noted', words })));
  }
  return said;
}

function wantingWords(mark) {
  const what = { fail: 'violates', warn: 'does not follow', info: 'differs from' }[mark.verdict] ?? 'is wanting for';
  return mark.requirements.length > 0 ? `${what} ${mark.requirements.join(', ')}` : 'fails a control';
}
