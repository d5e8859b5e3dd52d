import pytest
from collections import Counter
pytestmark = pytest.mark.browser
PAGES = ("", "regions?region=210100", "regions?region=CO","regions?region=EL", "indicators?indicator=gdp", "targets", "upload", "methodology")
FOUND = """() => {
  const all = s => [...document.querySelectorAll(s)];
  const V = n => n.outerHTML.slice(0, 300);
  return {
    harmed: window.harmed || null,
    overflow: (() => {const m=document.querySelector('[data-testid=stMain]'), a=document.documentElement; return Math.max(m.scrollWidth-m.clientWidth, a.scrollWidth-a.clientWidth)})(),
    links: all('a[href]').filter(a => !a.href.startsWith(location.origin)).map(a => [a.href, a.rel, a.target, a.textContent.slice(0,60)]),
    frames: all('iframe, object, embed').map(V),
    images: all('[data-testid=stMain] img, image').filter(i=>!(i.src||i.getAttribute('href')||'').startsWith('data:')).map(V),
    icons: all('[data-testid=stIconMaterial]').map(i => i.textContent).filter(t => t.includes('bug')),
    math: location.pathname.includes('methodology') ? [] : all('.katex').map(V),
    marks: all('[data-testid=stMarkdownContainer] :is(code, pre, del, h1, table)').filter(e => !e.closest('[data-testid=stTable]')).map(V),
    styled: all('.stMarkdownColoredText, [class*=rainbow]').map(V),
    svglinks: all('svg a').map(V),
  }}"""

@pytest.mark.parametrize("lang", ["zh", "en"])
def test_x(visitors, hostile_server, lang):
    v = visitors(hostile_server)
    page = v.page
    msgs = []
    page.on("console", lambda m: msgs.append((m.type, m.text[:200])) if m.type == "error" else None)
    page.on("pageerror", lambda e: msgs.append(("pageerror", str(e)[:200])))
    page.on("dialog", lambda d: (msgs.append(("dialog", d.message)), d.dismiss()))
    for path in PAGES:
        v.open(path + ("&" if "?" in path else "?") + "lang=" + lang)
        page.evaluate("() => document.querySelectorAll('[data-testid=stExpander] details:not([open]) summary').forEach(s => s.click())")
        page.wait_for_timeout(800); v.settle()
        page.evaluate("() => document.querySelectorAll('[data-testid=stTab]').forEach(s => s.click())")
        page.wait_for_timeout(800)
        r = page.evaluate(FOUND)
        print("=====", path, lang)
        for k, x in r.items():
            if k == "links":
                x = Counter(map(tuple, x)).most_common(8)
            if x: print("  ", k, x if k in("harmed","overflow") else list(x)[:4])
        page.screenshot(path=f"/tmp/harden/{lang}-{path.split('?')[0]}-{path.split('=')[-1]}.png")
        print("  ", set(msgs)); msgs.clear()
    print(v.abroad); v.abroad.clear()
