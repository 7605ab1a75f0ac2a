// The filter above a table: which rows are shown, said in words and kept in the address.

function startFilter(form) {
  const name = form.dataset.table;
  const table = document.getElementById(`${name}-table`);
  const rows = [...table.querySelectorAll(':scope > tbody > tr[data-id]')];
  const texts = rows.map((row) => row.firstElementChild.textContent.toLowerCase());
  const output = form.querySelector('output');

  const chosen = (key) => [...form.querySelectorAll(`input[name="${key}"]:checked`)].map((input) => input.value);

  function apply() {
    const levels = chosen('level');
    const verdicts = chosen('verdict');
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = (levels.length === 0 || levels.includes(row.dataset.level))
        && (verdicts.length === 0 || row.dataset.verdict.split(' ').some((verdict) => verdicts.includes(verdict)))
        && words.every((word) => texts[index].includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      const opened = row.nextElementSibling;
      if (opened?.classList.contains('opened')) opened.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    table.classList.toggle('filtered', shown < rows.length);
    output.textContent = `${shown} of ${rows.length} ${name}`;
  }

  function remember() {
    for (const key of ['level', 'verdict']) {
      if (form.querySelector(`input[name="${key}"]`)) address.set(`${name}.${key}`, chosen(key).join(','));
    }
    address.set(`${name}.text`, form.elements.text.value);
  }

  function restore() {
    for (const input of form.querySelectorAll('input[type="checkbox"]')) {
      input.checked = address.get(`${name}.${input.name}`).split(',').includes(input.value);
    }
    form.elements.text.value = address.get(`${name}.text`);
    apply();
  }

  form.addEventListener('input', () => { apply(); remember(); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => { apply(); remember(); }));
  addEventListener('hashchange', restore);
  restore();
}
