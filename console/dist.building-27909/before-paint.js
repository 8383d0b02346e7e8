// Sets language, direction and theme before the first paint, so that nothing flashes or turns around.
// A file of its own because the content security policy allows no inline script. `?lang=` is taken once
// and remembered, so that a link may carry a language without fixing it for the reader who has chosen one.
(function () {
  var kept = {};
  try { kept = JSON.parse(localStorage.getItem('nigran.preferences') || '{}') || {}; } catch (e) { kept = {}; }
  var asked = new URLSearchParams(location.search).get('lang');
  var language = asked === 'ur' || asked === 'en' ? asked : kept.language === 'ur' ? 'ur' : 'en';
  var root = document.documentElement;
  root.lang = language;
  root.dir = language === 'ur' ? 'rtl' : 'ltr';
  if (kept.theme === 'dark' || kept.theme === 'light') root.dataset.theme = kept.theme;
})();
