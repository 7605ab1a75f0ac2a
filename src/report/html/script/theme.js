// Light or dark: as the system says, until somebody chooses.

const THEMES = ['system', 'light', 'dark'];

function stored() {
  try {
    return localStorage.getItem('orchspec-theme');
  } catch {
    return null; // A browser may keep nothing for a file.
  }
}

function keep(theme) {
  try {
    localStorage.setItem('orchspec-theme', theme);
  } catch { /* The choice then lasts as long as the page. */ }
}

function startTheme() {
  const control = document.getElementById('theme');
  let theme = THEMES.includes(stored()) ? stored() : 'system';
  const show = () => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    control.textContent = `theme: ${theme}`;
  };
  control.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    keep(theme);
    show();
  });
  show();
}
