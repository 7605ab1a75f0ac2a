// Building elements. Whatever a server said becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

// Characters that a viewer would act on instead of showing them: controls, and marks that turn the direction of text.
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function visible(text) {
  return String(text).replace(ACTING, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null) node.append(child instanceof Node ? child : visible(child));
  }
  return node;
}

function element(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

function shape(name, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}

function button(label, act, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

// The JSON that stands in the page under an id.
function data(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : null;
}
