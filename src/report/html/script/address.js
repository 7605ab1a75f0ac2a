// What is shown, kept behind the `#` of the address, so that a link leads to what its sender saw.

const address = {
  get(key) {
    return new URLSearchParams(location.hash.slice(1)).get(key) ?? '';
  },

  set(key, value) {
    const parameters = new URLSearchParams(location.hash.slice(1));
    for (const own of [...parameters.keys()]) if (!parameters.get(own)) parameters.delete(own);
    if (value) parameters.set(key, value);
    else parameters.delete(key);
    const text = parameters.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
    if (location.hash.slice(1) !== text) history.replaceState(null, '', `#${text}`);
  },
};
