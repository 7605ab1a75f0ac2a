// How things are said: times, paths, answers.

function time(milliseconds) {
  if (milliseconds === 0) return '0 ms';
  if (milliseconds < 1) return 'under 1 ms';
  if (milliseconds < 1000) return `${Math.floor(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'm'], [seconds % 60, 's']];
  return parts.filter(([number]) => number > 0).map(([number, unit]) => `${number}${unit}`).join('');
}

// A moment of a case; what is shorter than anybody notices is its start.
function sinceStart(milliseconds) {
  return `+${time(milliseconds < 1 ? 0 : milliseconds)}`;
}

function path(url) {
  const rest = url.replace(/^[a-z]+:\/\//i, '');
  const slash = rest.indexOf('/');
  return slash < 0 ? url : rest.slice(slash);
}

// A text in one line, cut in its middle to so many characters: both ends of a path tell where it leads.
function cut(text, length) {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= length) return line;
  const end = Math.floor((length - 1) / 2);
  return `${characters.slice(0, length - 1 - end).join('')}…${characters.slice(characters.length - end).join('')}`;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function statusOf(exchange) {
  return exchange.response ? String(exchange.response.status) : 'no answer';
}

// The class of an answer, which gives it its colour.
function toneOf(exchange) {
  if (!exchange.response) return 'silent';
  const hundreds = Math.floor(exchange.response.status / 100);
  return { 2: 'ok', 3: 'moved', 4: 'refused' }[hundreds] ?? 'broken';
}

function header(message, name) {
  const found = message.headers.find(([own]) => own.toLowerCase() === name);
  return found ? found[1] : null;
}

// What an answer brought, in a few characters: where it leads, or how its body begins.
function gist(exchange) {
  if (!exchange.response) return exchange.no_answer ?? '';
  const location = header(exchange.response, 'location');
  return location ? `→ ${path(location)}` : exchange.response.body;
}

// JSON on lines of its own, changed in nothing but white space; other text as it is.
function indented(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  return text.replace(/"(?:[^"\\]|\\.)*"|[[{]\s*[\]}]|[[\]{},:]|\s+/g, (token) => {
    if (token[0] === '"') return token;
    if (/^[[{]\s*[\]}]$/.test(token)) return token.replace(/\s/g, '');
    if (token === '{' || token === '[') { depth += 1; return token + line(); }
    if (token === '}' || token === ']') { depth -= 1; return line() + token; }
    if (token === ',') return token + line();
    return token === ':' ? ': ' : '';
  });
}
