// The two things that a diagram consists of: an exchange as two arrows, and a row of attempts as a strip of marks.

function head(x, y, direction, classes = '') {
  return shape('path', { class: `head ${classes}`, d: `M${x} ${y}l${-8 * direction} -4v8z` });
}

function exchangeGroup(course, index, where) {
  const exchange = course.exchanges[index];
  const mark = course.marks.get(index);
  const { place, from, to } = where;
  const client = place.clients.get(exchange.principal);
  const group = part(course, `${index + 1}`, label(exchange, index, mark), () => course.show(index));
  group.dataset.exchange = index;
  if (mark) group.classList.add('wanting', mark.verdict === 'fail' ? 'violated' : 'advised');
  const below = 15 * remarks(course, [index]).length;
  const said = remarks(course, [index]).map(({ kind, words }, line) => shape('text', { class: kind, x: client + 10, y: to.y + 15 * (line + 1) },
    cut(words, Math.floor((place.width - client - 24) / 6.2))));
  group.append(area(place, from.y - 20, to.y + 6 + below), held(exchange, where), ...request(exchange, index, client, where), ...answer(exchange, index, client, where), ...said);
  return group;
}

function label(exchange, index, mark) {
  const answered = exchange.response ? `answered ${exchange.response.status}` : `got no answer: ${exchange.no_answer}`;
  const words = `${index + 1}: ${exchange.principal}: ${exchange.method} ${path(exchange.url)} ${answered} in ${time(exchange.complete_ms - exchange.sent_ms)}`;
  return [words, exchange.note, mark && wantingWords(mark)].filter(Boolean).join(', ');
}

function part(course, name, words, act) {
  const group = shape('g', { class: 'part', role: 'button', tabindex: -1, 'data-part': name }, shape('title', {}, words));
  group.addEventListener('click', act);
  group.addEventListener('keydown', (event) => course.move(event, group, act));
  return group;
}

function area(place, top, bottom) {
  return shape('rect', { class: 'area', x: GUTTER - 12, y: top, width: place.width - GUTTER + 4, height: bottom - top, rx: 6 });
}

function request(exchange, index, client, { place, from }) {
  const end = place.server - 2;
  const room = Math.floor((end - client - 44) / CHARACTER);
  return [
    shape('line', { class: 'arrow', x1: client, x2: end, y1: from.y, y2: from.y }),
    head(end, from.y, 1),
    number(index, client, from.y),
    shape('text', { class: 'request', x: client + 10, y: from.y - 6 }, cut(`${exchange.method} ${path(exchange.url)}`, room)),
  ];
}

function number(index, client, y) {
  return shape('text', { class: 'number', x: client - 10, y: y + 4, 'text-anchor': 'end' }, `${index + 1}`);
}

// An answer comes from the server; one that the harness hid or tolerated, or that never came, breaks at the edge.
function answer(exchange, index, client, { place, to, isApart }) {
  const tone = toneOf(exchange);
  const line = (x1, x2, classes) => shape('line', { class: `arrow answering ${tone} ${classes}`, x1, x2, y1: to.y, y2: to.y });
  const parts = [];
  if (!exchange.response) {
    parts.push(line(place.edge - 8, client + 2, 'cut'),
      shape('path', { class: `arrow answering ${tone}`, d: `M${place.edge - 6} ${to.y - 6}l12 12m0 -12l-12 12` }));
  } else if (exchange.note) {
    parts.push(line(place.server - 2, place.edge, ''), line(place.edge, client + 2, 'cut'), head(client + 2, to.y, -1, `answering ${tone}`),
      shape('circle', { class: 'knot', cx: place.edge, cy: to.y, r: 5 }));
  } else {
    parts.push(line(place.server - 2, client + 2, ''), head(client + 2, to.y, -1, `answering ${tone}`));
  }
  const status = exchange.response ? `${exchange.response.status}` : '✕ no answer';
  const start = client + 10 + (status.length + 1) * 7.2;
  parts.push(shape('text', { class: `status ${tone}`, x: client + 12, y: to.y - 6 }, status),
    shape('text', { class: 'body', x: start + 4, y: to.y - 6 }, cut(gist(exchange), Math.floor((place.server - start - 12) / 6.8))));
  // Where answers come in another order than requests went, each says to which it belongs.
  if (isApart) parts.push(number(index, client, to.y));
  return parts;
}

// How long the server kept a request before the first byte of its answer, and how long the rest took to come.
function held(exchange, { place, from, to, plan, slot }) {
  const x = place.server - 1 + Math.min(slot, 12) * 9;
  const first = exchange.first_byte_ms ?? exchange.complete_ms;
  const turn = first >= exchange.complete_ms ? to.y : Math.max(from.y + 2, Math.min(to.y, heightAt(plan, first)));
  const group = shape('g', { class: 'holding' },
    shape('rect', { class: 'held', x, y: from.y, width: 8, height: Math.max(turn - from.y, 2), rx: 2 }));
  if (to.y - turn > 3) group.append(shape('rect', { class: 'sending', x, y: turn, width: 8, height: to.y - turn, rx: 2 }));
  const waited = first - exchange.sent_ms;
  if (waited >= 100 && slot < 3) {
    group.append(shape('text', { class: 'held-words', x: x + 14 + (slot ? 6 : 0), y: (from.y + turn) / 2 + 4 }, `held ${time(waited)}`));
  }
  return group;
}

function strip(course, indices, { place, from, to }) {
  const { exchanges } = course;
  const first = exchanges[indices[0]];
  const client = place.clients.get(first.principal);
  const words = `${indices.length} × ${first.method} ${path(first.url)}`;
  const [start, end] = spanOf(exchanges, indices);
  const how = isCrowd(exchanges, indices) ? 'side by side, ' : '';
  const span = `${how}${tally(exchanges, indices)}, from ${sinceStart(start)} to ${sinceStart(end)}`;
  const group = part(course, `strip-${indices[0]}`, `${words}: ${span}; unfold`, () => course.unfold(indices[0]));
  group.setAttribute('aria-expanded', 'false');
  const [left, right] = [client + 8, place.server - 8];
  const step = (right - left) / indices.length;
  const marks = indices.map((index, number) => shape('rect', {
    class: `attempt ${toneOf(exchanges[index])}`, x: left + number * step, y: from.y + 2, width: Math.max(Math.min(step - 1.5, 10), .6), height: 10, rx: 1.5,
  }));
  group.append(area(place, from.y - 20, to.y + 6),
    shape('rect', { class: 'strip-frame', x: left - 5, y: from.y - 3, width: right - left + 10, height: 20, rx: 5 }), ...marks,
    shape('text', { class: 'request', x: client + 10, y: from.y - 8 }, cut(words, Math.floor((right - left) / CHARACTER))),
    shape('text', { class: 'strip-words', x: client + 10, y: from.y + 31 }, `▸ ${span}`));
  return group;
}
