// Puts everything together when the page is there.

document.documentElement.classList.add('script');
startTheme();
for (const share of document.querySelectorAll('.share')) share.style.flexGrow = share.dataset.number;
for (const link of document.querySelectorAll('.top nav a, .skip')) {
  // The address holds what is shown, not where one has scrolled to.
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const section = document.querySelector(link.hash);
    section.scrollIntoView();
    section.querySelector('h1, h2').focus({ preventScroll: true });
  });
}

const tables = {
  requirement: document.getElementById('requirements-table'),
  case: document.getElementById('cases-table'),
};

function showCase(row, cell) {
  const own = article(row.dataset.case);
  cell.append(own.made);
  own.start();
}

function showRequirement(row, cell) {
  const own = data('requirements-data')[row.dataset.id] ?? [];
  if (own.length === 0) {
    cell.append(element('p', {}, 'no case of this run looks at it'));
    return;
  }
  const ids = tables.case.tBodies[0].querySelectorAll('tr[data-id]');
  const list = own.map((judged) => {
    const details = element('details', { class: 'case', 'data-case': judged.case },
      element('summary', {}, element('span', { class: `badge ${judged.verdict}` }, judged.verdict), element('span', { class: 'id' }, ids[judged.case].dataset.id),
        judged.because && judged.verdict !== 'pass' ? element('span', { class: 'note' }, judged.because) : null,
        judged.policy ? element('span', { class: 'note' }, `decided by the policy ${judged.policy}`) : null));
    startDetails(details);
    return element('li', {}, details);
  });
  cell.append(element('ul', { class: 'members' }, ...list));
}

// A page that compares runs has no cases.
if (tables.case) {
  startRows(tables.requirement, 'requirement', showRequirement);
  startRows(tables.case, 'case', showCase);
}
document.querySelectorAll('.matrix:has(.group)').forEach(startGroups);
document.querySelectorAll('form.filter').forEach(startFilter);

// The data of the cases comes last in the page.
document.addEventListener('DOMContentLoaded', () => {
  startCommands(document);
  document.querySelectorAll('#wanting details.case').forEach(startDetails);
  const asked = Object.keys(tables).map((key) => [tables[key], address.get(key)]).filter(([table, id]) => table && id && tables.case);
  for (const [table, id] of asked) showRow(table, id);
});
