// A login ends on the front page. What was left for it is remembered in this tab and opened again.

const PLACE = "sign-in-return";
const PATIENCE_MS = 10 * 60 * 1000;

// Only a path of our own is ever kept, so nobody can be sent elsewhere.
function remember(event) {
  if (event.target.closest?.(".st-key-sign-in button")) {
    const place = { path: location.pathname + location.search, at: Date.now() };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }
}

function comeBack() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  sessionStorage.removeItem(PLACE);
  const fresh = kept && Date.now() - kept.at < PATIENCE_MS;
  const atFront = !location.search && kept?.path.startsWith(location.pathname);
  if (fresh && atFront && kept.path !== location.pathname) {
    location.replace(kept.path);
  }
}

export default function () {
  comeBack();
  document.addEventListener("click", remember, true);
  return () => document.removeEventListener("click", remember, true);
}
