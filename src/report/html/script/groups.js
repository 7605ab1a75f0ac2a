// Groups of requirements that open to their rows; which are open is kept in the address. A filter shows rows of closed groups, too.

function startGroups(table) {
  const groups = [...table.querySelectorAll('tbody.group')];
  const show = (group, isOpen) => {
    group.classList.toggle('open', isOpen);
    group.querySelector('.head button').setAttribute('aria-expanded', isOpen);
  };
  const remember = () => {
    const open = groups.filter((group) => group.classList.contains('open'));
    address.set('groups', open.map((group) => group.dataset.group).join(','));
  };
  const asked = address.get('groups').split(',');
  for (const group of groups) {
    const name = group.querySelector('.head .name');
    const opener = element('button', { type: 'button' });
    opener.append(...name.childNodes);
    name.append(opener);
    show(group, table.classList.contains('open') || asked.includes(group.dataset.group));
    group.querySelector('.head').addEventListener('click', () => {
      if (String(getSelection())) return;
      show(group, !group.classList.contains('open'));
      remember();
    });
  }
}
