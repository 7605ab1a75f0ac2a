// How one case went: its diagram, the list that says the same, and the exchange that is looked at.

let courses = 0;

function startCourse(box, { exchanges, marks }) {
  const list = box.querySelector('.timeline');
  const frame = element('div', { class: 'drawing' });
  const room = () => Math.min(Math.max(box.clientWidth - 2, 0), 1100);
  courses += 1;
  const course = {
    id: courses, exchanges, marks: new Map(marks.map((mark) => [mark.exchange, mark])), expanded: new Set(), room: 0,

    draw() {
      course.room = room();
      frame.replaceChildren(drawing(course));
      frame.querySelector('.part')?.setAttribute('tabindex', 0);
    },

    // Arrow keys go from part to part, of which one at a time can be reached by Tab.
    move(event, part, act) {
      const parts = [...frame.querySelectorAll('.part')];
      const place = parts.indexOf(part);
      const target = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: parts.length - 1 }[event.key];
      if (event.key === 'Enter' || event.key === ' ') act();
      else if (event.key === 'Escape') course.hide();
      else if (target === undefined) return;
      event.preventDefault();
      if (parts[target]) course.reach(parts[target]);
    },

    reach(part) {
      for (const other of frame.querySelectorAll('.part[tabindex="0"]')) other.setAttribute('tabindex', -1);
      part.setAttribute('tabindex', 0);
      part.focus();
    },

    unfold(start) {
      course.expanded.add(start);
      course.draw();
      const part = frame.querySelector(`[data-exchange="${start}"]`);
      if (part) course.reach(part);
    },

    show(index) {
      course.hide();
      const opener = document.activeElement;
      course.opener = box.contains(opener) ? opener : null;
      const opened = panel(course, index);
      frame.after(opened);
      for (const part of box.querySelectorAll(`[data-exchange="${index}"]`)) part.setAttribute('aria-pressed', true);
      opened.addEventListener('keydown', (event) => event.key === 'Escape' && course.hide());
      opened.querySelector('h4').focus({ preventScroll: true });
      opened.scrollIntoView({ block: 'nearest' });
    },

    hide() {
      const opened = box.querySelector('.panel');
      if (!opened) return;
      opened.remove();
      for (const part of box.querySelectorAll('[aria-pressed="true"]')) part.setAttribute('aria-pressed', false);
      course.opener?.focus();
    },
  };
  const legend = ['time runs downwards, to scale', '≋ shortened', 'bar: held until the first byte', 'select an exchange for headers and bodies'];
  box.prepend(frame, element('p', { class: 'legend' }, ...legend.map((words) => element('span', {}, words))));
  startList(course, list);
  course.draw();
}

// The lines of the list become buttons; a row of attempts is folded like in the diagram.
function startList(course, list) {
  const lines = [...list.children];
  lines.forEach((line, index) => {
    const opener = button('', () => course.show(index), { 'data-exchange': index, 'aria-pressed': false });
    opener.append(...line.childNodes);
    line.replaceChildren(opener);
  });
  for (const indices of items(course.exchanges, course.marks, course.expanded).filter((own) => own.length > 1)) {
    const first = course.exchanges[indices[0]];
    const words = `${indices.length} × ${first.method} ${path(first.url)}: ${tally(course.exchanges, indices)}`;
    const folded = element('li', {}, element('details', {}, element('summary', {}, words), element('ol')));
    lines[indices[0]].before(folded);
    folded.querySelector('ol').append(...indices.map((index) => lines[index]));
  }
  const wrapper = element('details', { class: 'aslist' }, element('summary', {}, 'the same as a list'));
  list.before(wrapper);
  wrapper.append(list);
}
