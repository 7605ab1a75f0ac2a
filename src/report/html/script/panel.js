// Headers and bodies of one exchange.

function panel(course, index) {
  const exchange = course.exchanges[index];
  const mark = course.marks.get(index);
  const title = element('h4', { tabindex: -1 }, `${index + 1}: ${exchange.method} ${path(exchange.url)}`);
  const answered = exchange.response ? `answer: ${exchange.response.status}` : `no answer: ${exchange.no_answer}`;
  const first = exchange.first_byte_ms === null ? '' : `, first byte after ${time(exchange.first_byte_ms - exchange.sent_ms)}`;
  const facts = [`step ${exchange.step}`, `as ${exchange.principal}`, `sent at ${sinceStart(exchange.sent_ms)}${first}, complete after ${time(exchange.complete_ms - exchange.sent_ms)}`,
    exchange.note, ...exchange.oddities].filter(Boolean);
  return element('section', { class: 'panel', 'aria-label': `exchange ${index + 1}` },
    element('header', {}, title, button('close', () => course.hide())),
    mark ? element('p', { class: 'reason' }, `✕ ${wantingWords(mark)}`) : null,
    element('p', { class: 'faint' }, facts.join(' · ')),
    element('div', { class: 'messages' },
      message(`request: ${exchange.method} ${exchange.url}`, exchange.request),
      exchange.response ? message(answered, exchange.response) : element('div', {}, element('h5', {}, answered))));
}

function message(heading, { headers, body, body_length: length }) {
  const lines = headers.map(([name, value]) => element('div', {}, element('dt', {}, `${name}: `), element('dd', {}, value)));
  const part = element('div', {}, element('h5', {}, heading),
    lines.length > 0 ? element('dl', { class: 'headers' }, ...lines) : element('p', { class: 'faint' }, 'no headers'));
  if (length === 0) {
    part.append(element('p', { class: 'faint' }, 'no body'));
    return part;
  }
  const shown = new TextEncoder().encode(body).length;
  part.append(element('p', { class: 'label' }, shown < length ? `body, the beginning of ${count(length, 'byte')}` : `body, ${count(length, 'byte')}`),
    element('pre', { tabindex: 0 }, element('code', {}, indented(body))));
  return part;
}
