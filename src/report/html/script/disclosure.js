// Rows and cases that open to what is behind them, built when they are opened for the first time.

function caseData(index) {
  return data(`case-data-${index}`);
}

// The article's markup is the page's own: whatever others wrote in it was escaped when the page was written.
function article(index) {
  const own = caseData(index);
  const template = element('template');
  template.innerHTML = own.article;
  const made = template.content.firstElementChild;
  return { made, start: () => startArticle(made, own) };
}

function startArticle(made, own) {
  const box = made.querySelector('.course');
  if (box && !box.querySelector('.drawing')) startCourse(box, own);
  startCommands(made);
}

function startCommands(within) {
  for (const command of within.querySelectorAll('.command:not(:has(button))')) {
    const copy = button('copy', async () => {
      const text = command.querySelector('code').textContent;
      const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      copy.textContent = done ? 'copied' : 'select it by hand';
    });
    command.append(copy);
  }
}

// A case that stands in the page as `details`.
function startDetails(details) {
  const index = details.dataset.case;
  const open = () => {
    let made = details.querySelector('.article');
    if (made) startArticle(made, caseData(index));
    else {
      const own = article(index);
      details.append(own.made);
      own.start();
    }
  };
  details.addEventListener('toggle', () => details.open && open(), { once: !details.open });
  if (details.open) open();
}

function openRow(row, content, key) {
  const opener = row.querySelector('.name button');
  const next = row.nextElementSibling;
  const isOpen = opener.getAttribute('aria-expanded') === 'true';
  opener.setAttribute('aria-expanded', !isOpen);
  if (isOpen) {
    next.remove();
    address.set(key, '');
    return;
  }
  const cell = element('td', { colspan: row.cells.length }, element('h3', { class: 'hidden' }, row.dataset.id));
  row.after(element('tr', { class: 'opened' }, cell));
  content(cell);
  address.set(key, row.dataset.id);
}

// Every row of a table gets a button; a click anywhere on it does the same.
function startRows(table, key, content) {
  for (const row of table.querySelectorAll('tbody > tr[data-id]')) {
    const name = row.querySelector('.name');
    const opener = element('button', { type: 'button', 'aria-expanded': false });
    opener.append(...name.childNodes);
    name.append(opener);
  }
  table.tBodies[0].addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-id]');
    if (row && row.parentElement === table.tBodies[0] && !String(getSelection())) {
      openRow(row, (cell) => content(row, cell), key);
    }
  });
}

function showRow(table, id) {
  const row = [...table.tBodies[0].rows].find((own) => own.dataset.id === id);
  if (!row) return;
  row.hidden = false;
  const opener = row.querySelector('.name button');
  if (opener.getAttribute('aria-expanded') !== 'true') opener.click();
  row.scrollIntoView({ block: 'start' });
}
