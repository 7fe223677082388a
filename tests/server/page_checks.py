"""What holds for every page that people read, whatever is on it."""

import re

from playwright.sync_api import Page

# The start of any script element but one of ours, which have nothing in them.
FOREIGN_SCRIPT = re.compile(r'<script(?! type="module" src="/static/built/[\w-]+\.js"></script>)')
WIDTHS = {"desktop": 1280, "phone": 390}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Every text against the nearest background behind it, by the formula of WCAG 2.
LOW_CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const low = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [one, other] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${walk.currentNode.data.trim()}`);
  }
  return low;
}"""

# The innermost elements whose right edge is beyond the window and that no scrolling box of their own holds.
_STICKING_OUT = """() => {
  const held = element => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    return false;
  };
  const out = [...document.body.querySelectorAll('*')]
    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .filter(element => !held(element));
  return out.filter(element => !out.some(other => other !== element && element.contains(other)))
    .slice(0, 5).map(element => element.outerHTML.slice(0, 120));
}"""

# Opens what is closed, and takes the shades off boxes that scroll: axe-core says nothing of text on pictures.
LAID_OPEN = """() => {
  document.querySelectorAll('details').forEach(details => { details.open = true });
  document.querySelectorAll('.scroll').forEach(box => { box.style.backgroundImage = 'none' });
}"""

# Of axe-core, once its source was run: each broken rule with the elements that break it.
BROKEN = """async rules => {
  const options = rules ? {runOnly: rules} : {};
  const {violations} = await axe.run({...options, resultTypes: ['violations']});
  return violations.map(({id, help, nodes}) =>
    `${id} (${help}): ${nodes.slice(0, 4).map(node => node.html.slice(0, 200)).join(' | ')}`);
}"""


def assert_fits(page: Page) -> None:
    """Nothing sticks out to the right: the page is no wider than the window."""
    assert page.viewport_size is not None
    wide = page.evaluate(_STICKING_OUT)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], wide
